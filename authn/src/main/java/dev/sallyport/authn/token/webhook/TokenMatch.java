package dev.sallyport.authn.token.webhook;

import dev.sallyport.authn.token.jwt.CompactToken;

/** Which tokens somebody is asked about, by what can be seen of them without believing them. */
public sealed interface TokenMatch {

  boolean covers(String token);

  /** JSON web tokens that name this issuer; nobody has looked at their signature. */
  record ByIssuer(String issuer) implements TokenMatch {
    @Override
    public boolean covers(String token) {
      CompactToken parsed = token.indexOf('.') < 0 ? null : CompactToken.parse(token);
      return parsed != null && CompactToken.text(parsed.payload(), "iss").equals(issuer);
    }
  }

  /** Tokens that begin so. */
  record ByPrefix(String prefix) implements TokenMatch {
    @Override
    public boolean covers(String token) {
      return token.startsWith(prefix);
    }
  }
}
