package dev.sallyport.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * The rules that an issuer's URL must keep, wherever it is configured.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig">OpenID
 *     Connect Discovery, 4</a>
 */
public final class IssuerUrl {
  private IssuerUrl() {}

  /** What would have been right; empty if the URL is. */
  public static Optional<String> expected(String text) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      return Optional.of("an https URL");
    }
    if (!"https".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
      return Optional.of("an https URL with a host");
    }
    if (url.getRawUserInfo() != null) {
      return Optional.of("an URL without a user name or password");
    }
    if (url.getRawQuery() != null) {
      return Optional.of("an URL without a query");
    }
    return url.getRawFragment() != null
        ? Optional.of("an URL without a fragment")
        : Optional.empty();
  }
}
