package dev.sallyport.config.routes;

import dev.sallyport.config.SocketUrl;
import dev.sallyport.config.document.Fields;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** The address of an endpoint. */
final class EndpointUrl {

  private static final Set<String> WITH_HOST = Set.of("http", "https", "h2c");

  private EndpointUrl() {}

  /** The field {@code url}; empty when it is none to use, which is noted. */
  static Optional<URI> read(Fields fields) {
    String given = fields.text("url");
    try {
      URI url = new URI(given);
      if (usable(url)) {
        return Optional.of(url);
      }
    } catch (URISyntaxException e) {
      // told below
    }
    fields.fault(
        "url",
        (given.isEmpty() ? "missing" : "\"" + given + "\"")
            + " (expected: http://, https:// or h2c:// with a host, or unix:///path,"
            + " without user, query and fragment)");
    return Optional.empty();
  }

  private static boolean usable(URI url) {
    boolean bare =
        url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
    String scheme = url.getScheme();
    if (!bare || scheme == null) {
      return false;
    }
    if (scheme.equals("unix")) {
      return SocketUrl.usable(url);
    }
    return WITH_HOST.contains(scheme) && url.getHost() != null;
  }
}
