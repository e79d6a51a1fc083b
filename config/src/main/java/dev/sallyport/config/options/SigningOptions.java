package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.DURATION;
import static dev.sallyport.config.flags.ValueType.FILE;

import dev.sallyport.config.BootstrapConfig;
import dev.sallyport.config.Faults;
import dev.sallyport.config.KeyPairFiles;
import dev.sallyport.config.SigningConfig;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What kube-controller-manager is told of signing, since its controllers run in here. */
final class SigningOptions {
  private static final String DOMAIN = "kubernetes.io/";

  final FlagSection section = new FlagSection("Signing");

  private final Flag<Optional<Path>> certificate =
      section.flag(
          "cluster-signing-cert-file",
          FILE,
          "",
          "PEM file with the CA that signs approved CertificateSigningRequests. Default: the CA of"
              + " the first start.");
  private final Flag<Optional<Path>> key =
      section.flag(
          "cluster-signing-key-file",
          FILE,
          "",
          "PEM file with the private key of --cluster-signing-cert-file.");
  private final Flag<Duration> longest =
      section.flag(
          "cluster-signing-duration",
          DURATION,
          "8760h0m0s",
          "How long signed certificates last. A request may ask for less"
              + " (spec.expirationSeconds).");
  private final Map<String, PairFlags> signers = new LinkedHashMap<>();
  private final Flag<Optional<Path>> rootCa =
      section.flag(
          "root-ca-file",
          FILE,
          "",
          "PEM bundle put into the ConfigMap kube-root-ca.crt of every namespace. Default: the CA"
              + " of the first start, if the serving certificate comes from it.");

  private record PairFlags(Flag<Optional<Path>> certificate, Flag<Optional<Path>> key) {}

  SigningOptions() {
    signer("kube-apiserver-client", "kube-apiserver-client");
    signer("kube-apiserver-client-kubelet", "kubelet-client");
    signer("kubelet-serving", "kubelet-serving");
    signer("legacy-unknown", "legacy-unknown");
  }

  private void signer(String signer, String word) {
    String name = "cluster-signing-" + word;
    signers.put(
        DOMAIN + signer,
        new PairFlags(
            section.flag(
                name + "-cert-file",
                FILE,
                "",
                "PEM file with the CA of the signer %s. Then signers without such a flag do not sign."
                    .formatted(DOMAIN + signer)),
            section.flag(
                name + "-key-file",
                FILE,
                "",
                "PEM file with the private key of --%s-cert-file.".formatted(name))));
  }

  void checkFiles(GivenFiles files) {
    files.pair(certificate, key);
    signers.values().forEach(pair -> files.pair(pair.certificate(), pair.key()));
    files.bundle(rootCa);
  }

  SigningConfig toConfig(BootstrapConfig bootstrap, Faults faults) {
    Optional<KeyPairFiles> own =
        bootstrap.needsAuthority() ? Optional.of(bootstrap.authority()) : Optional.empty();
    Optional<Path> ownRoot =
        bootstrap.serving() ? own.map(KeyPairFiles::certificate) : Optional.empty();
    Duration lifetime = longest.read(faults);
    if (lifetime.isNegative() || lifetime.isZero()) {
      faults.add(longest.label(), longest.text(), "a duration above zero");
    }
    return new SigningConfig(
        authorities(own, faults), lifetime, rootCa.read(faults).or(() -> ownRoot));
  }

  private Map<String, KeyPairFiles> authorities(Optional<KeyPairFiles> own, Faults faults) {
    Optional<KeyPairFiles> all = PairOfFiles.read(certificate, key, faults);
    Map<String, KeyPairFiles> authorities = new LinkedHashMap<>();
    signers.forEach(
        (signer, pair) ->
            PairOfFiles.read(pair.certificate(), pair.key(), faults)
                .ifPresent(files -> authorities.put(signer, files)));
    if (all.isPresent() && !authorities.isEmpty()) {
      faults.add(
          certificate.label(),
          certificate.text(),
          "nothing beside the files of single signers: " + authorities.keySet());
    }
    if (authorities.isEmpty()) {
      all.or(() -> own)
          .ifPresent(files -> signers.keySet().forEach(signer -> authorities.put(signer, files)));
    }
    return authorities;
  }
}
