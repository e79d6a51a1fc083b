package dev.sallyport.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The backend that gets what both doors let through, instead of the store.
 *
 * @param url http or https, with an optional path that is put before every request's
 * @param ca the bundle that the backend's certificate must chain to; empty: the JDK's roots
 * @param clientCertificate shown to the backend
 * @param tokenFile a bearer token sent to the backend, read again when the file changes
 * @param identity how the backend learns who calls
 */
public record UpstreamConfig(
    URI url,
    Optional<Path> ca,
    Optional<KeyPairFiles> clientCertificate,
    Optional<Path> tokenFile,
    IdentityConfig identity) {

  /** With the usual names of headers. */
  public UpstreamConfig(
      URI url,
      Optional<Path> ca,
      Optional<KeyPairFiles> clientCertificate,
      Optional<Path> tokenFile,
      UpstreamIdentity identity) {
    this(url, ca, clientCertificate, tokenFile, IdentityConfig.of(identity));
  }

  public UpstreamConfig {
    Faults faults = new Faults();
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    faults.check(
        (scheme.equals("http") || scheme.equals("https"))
            && url.getHost() != null
            && url.getRawUserInfo() == null
            && url.getRawQuery() == null
            && url.getRawFragment() == null,
        "--upstream",
        url,
        "an http or https URL without user, query and fragment");
    if (scheme.equals("http")) {
      String why = "an https --upstream to go with it";
      ca.ifPresent(file -> faults.add("--upstream-ca-file", file, why));
      clientCertificate.ifPresent(
          pair -> faults.add("--upstream-client-certificate", pair.certificate(), why));
    }
    faults.throwIfAny();
  }

  /** Whether the backend speaks TLS. */
  public boolean tls() {
    return "https".equalsIgnoreCase(url.getScheme());
  }
}
