package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.FILE;

import dev.sallyport.config.BootstrapConfig;
import dev.sallyport.config.Faults;
import dev.sallyport.config.KeyPairFiles;
import dev.sallyport.config.SigningConfig;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import java.nio.file.Path;
import java.util.Optional;

/** What kube-controller-manager is told of signing, since its controllers run in here. */
final class SigningOptions {
  final FlagSection section = new FlagSection("Signing");

  private final Flag<Optional<Path>> certificate =
      section.flag(
          "cluster-signing-cert-file",
          FILE,
          "",
          "PEM file with the CA that signs approved CertificateSigningRequests.");
  private final Flag<Optional<Path>> key =
      section.flag(
          "cluster-signing-key-file",
          FILE,
          "",
          "PEM file with the private key of --cluster-signing-cert-file.");
  private final Flag<Optional<Path>> rootCa =
      section.flag(
          "root-ca-file",
          FILE,
          "",
          "PEM bundle put into the ConfigMap kube-root-ca.crt of every namespace. Default: the CA"
              + " of the first start, if the serving certificate comes from it.");

  void checkFiles(GivenFiles files) {
    files.pair(certificate, key);
    files.bundle(rootCa);
  }

  SigningConfig toConfig(BootstrapConfig bootstrap, Faults faults) {
    Optional<KeyPairFiles> own =
        bootstrap.needsAuthority() ? Optional.of(bootstrap.authority()) : Optional.empty();
    Optional<Path> ownRoot =
        bootstrap.serving() ? own.map(KeyPairFiles::certificate) : Optional.empty();
    return new SigningConfig(
        PairOfFiles.read(certificate, key, faults).or(() -> own),
        rootCa.read(faults).or(() -> ownRoot));
  }
}
