package dev.sallyport.authn.token.oidc;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Today's issuers by what their tokens call them. Immutable. */
final class IssuerTable {
  /** Google's tokens may leave the scheme out (OpenID Connect Core 1.0, 15.6.2). */
  private static final String GOOGLE = "accounts.google.com";

  private final Map<String, IssuerVerifier> byUrl;

  IssuerTable(Map<String, IssuerVerifier> byUrl) {
    this.byUrl = Map.copyOf(withGoogle(byUrl));
  }

  boolean isEmpty() {
    return byUrl.isEmpty();
  }

  @Nullable IssuerVerifier find(String issuer) {
    return byUrl.get(issuer);
  }

  /** Whether a verifier is one of today's. */
  boolean has(IssuerVerifier verifier) {
    return byUrl.get(verifier.url()) == verifier;
  }

  private static Map<String, IssuerVerifier> withGoogle(Map<String, IssuerVerifier> byUrl) {
    IssuerVerifier google = byUrl.get("https://" + GOOGLE);
    if (google == null) {
      return byUrl;
    }
    Map<String, IssuerVerifier> all = new HashMap<>(byUrl);
    all.put(GOOGLE, google);
    return all;
  }
}
