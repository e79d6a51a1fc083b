package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.FILE;
import static dev.sallyport.config.flags.ValueType.URL;

import dev.sallyport.config.Faults;
import dev.sallyport.config.UpstreamConfig;
import dev.sallyport.config.UpstreamIdentity;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import dev.sallyport.config.flags.ValueType;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The backend to proxy to. */
final class UpstreamOptions {
  final FlagSection section = new FlagSection("Upstream");

  private final Flag<Optional<URI>> url =
      section.flag(
          "upstream",
          URL,
          "",
          "Send what both doors let through to this http or https URL instead of the store.");
  private final Flag<Optional<Path>> ca =
      section.flag(
          "upstream-ca-file",
          FILE,
          "",
          "PEM bundle that the upstream's certificate must chain to. Default: the JDK's roots.");
  private final Flag<Optional<Path>> certificate =
      section.flag(
          "upstream-client-certificate",
          FILE,
          "",
          "PEM file with the client certificate to show to the upstream.");
  private final Flag<Optional<Path>> key =
      section.flag(
          "upstream-client-key",
          FILE,
          "",
          "PEM file with the private key of --upstream-client-certificate.");
  private final Flag<Optional<Path>> tokenFile =
      section.flag(
          "upstream-token-file",
          FILE,
          "",
          "File with a bearer token to send to the upstream. Read again when it changes.");
  private final Flag<UpstreamIdentity> identity =
      section.flag(
          "upstream-identity",
          ValueType.choice(UpstreamIdentity.class, UpstreamIdentity::flagValue),
          "headers",
          "How the upstream learns who calls: headers (X-Remote-User, -Uid, -Group, -Extra-…),"
              + " impersonate (Impersonate-…, for a kube-apiserver) or none.");

  void checkFiles(GivenFiles files) {
    files.bundle(ca);
    files.pair(certificate, key);
    files.text(tokenFile);
  }

  Optional<UpstreamConfig> toConfig(Faults faults) {
    Optional<URI> target = url.read(faults);
    if (target.isEmpty()) {
      Stream.of(ca, certificate, key, tokenFile, identity)
          .filter(Flag::isSet)
          .forEach(flag -> faults.add(flag.label(), flag.text(), "--upstream to go with it"));
      return Optional.empty();
    }
    return target.map(
        uri ->
            new UpstreamConfig(
                uri,
                ca.read(faults),
                PairOfFiles.read(certificate, key, faults),
                tokenFile.read(faults),
                identity.read(faults)));
  }
}
