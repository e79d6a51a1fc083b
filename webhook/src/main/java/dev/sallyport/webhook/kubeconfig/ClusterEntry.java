package dev.sallyport.webhook.kubeconfig;

import dev.sallyport.config.document.Fields;
import dev.sallyport.config.pem.Certificates;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The server and how it proves itself. */
final class ClusterEntry {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Fields fields;

  ClusterEntry(Fields fields) {
    this.fields = fields;
    for (String ignored : List.of("disable-compression", "extensions")) {
      var unused = fields.has(ignored);
    }
    if (fields.bool("insecure-skip-tls-verify").orElse(false)) {
      fields.fault(
          "insecure-skip-tls-verify",
          "true would let anybody answer (expected: certificate-authority)");
    }
    if (!fields.text("proxy-url").isEmpty()) {
      fields.fault("proxy-url", "is not supported here (expected: a server reached directly)");
    }
  }

  Optional<URI> server() {
    String given = fields.text("server");
    Optional<URI> url = parse(given);
    if (url.isEmpty()) {
      fields.fault("server", given.isEmpty() ? "missing" : "is no https URL with a host");
    } else if (url.get().getRawUserInfo() != null || url.get().getRawFragment() != null) {
      fields.fault("server", "holds a user or a fragment (expected: host, port and path)");
    } else if (!secure(url.get())) {
      fields.fault("server", "is not encrypted (expected: https, or http to this very machine)");
    }
    return url;
  }

  List<X509Certificate> authorities(NamedFiles files) {
    String field = "certificate-authority";
    return files
        .content(fields, field)
        .flatMap(content -> files.parse(fields, field, content, Certificates::parse))
        .orElse(List.of());
  }

  Optional<String> serverName() {
    return Optional.of(fields.text("tls-server-name")).filter(name -> !name.isEmpty());
  }

  private static boolean secure(URI url) {
    return url.getScheme().equalsIgnoreCase("https")
        || THIS_MACHINE.contains(url.getHost().toLowerCase(Locale.ROOT));
  }

  /** Without the slash at its end, which kube-apiserver drops too. */
  private static Optional<URI> parse(String given) {
    try {
      URI url = new URI(given);
      String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
      if (url.getHost() == null || !Set.of("https", "http").contains(scheme)) {
        return Optional.empty();
      }
      boolean slash = given.endsWith("/") && url.getRawPath().length() > 1;
      return Optional.of(slash ? new URI(given.substring(0, given.length() - 1)) : url);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
