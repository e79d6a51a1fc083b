package dev.sallyport.authn.token.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.authn.Credential;
import dev.sallyport.authn.token.jwt.TokenFault;

/**
 * When a token is in force, in milliseconds since the epoch. It ends to the second, without grace;
 * its beginning has a minute's grace for clocks that differ.
 *
 * @param expiry the exp claim, or {@link Credential#NEVER}
 * @param notBefore the nbf claim, or 0
 */
public record TokenLife(long expiry, long notBefore) {
  private static final long LEEWAY_MILLIS = 60_000;
  private static final double LATEST = 253_402_300_799d; // the last second of the year 9999

  static TokenLife of(Claims claims) throws TokenFault {
    return new TokenLife(millis("exp", claims.value("exp")), notBefore(claims));
  }

  /** As above for claims that need not say when they end; {@link Credential#NEVER} then. */
  public static TokenLife perhapsEndless(Claims claims) throws TokenFault {
    return claims.value("exp").isMissingNode()
        ? new TokenLife(Credential.NEVER, notBefore(claims))
        : of(claims);
  }

  private static long notBefore(Claims claims) throws TokenFault {
    JsonNode notBefore = claims.value("nbf");
    return notBefore.isMissingNode() || notBefore.isNull() ? 0 : millis("nbf", notBefore);
  }

  /**
   * @throws TokenFault when it is not in force
   */
  public void check(long now) throws TokenFault {
    if (now > expiry) {
      throw new TokenFault("the token has expired");
    }
    if (now + LEEWAY_MILLIS < notBefore) {
      throw new TokenFault("the token is not valid yet");
    }
  }

  /** The token's id, and from when until when it is good. */
  public Credential credential(Claims claims) {
    JsonNode id = claims.value("jti");
    JsonNode issued = claims.value("iat");
    return new Credential(
        id.isTextual() && !id.textValue().isEmpty() ? "JTI=" + id.textValue() : "",
        null,
        issued.isNumber() ? (long) (issued.doubleValue() * 1000) : Credential.UNKNOWN,
        expiry);
  }

  private static long millis(String claim, JsonNode value) throws TokenFault {
    double seconds = value.doubleValue();
    if (!value.isNumber() || !(Math.abs(seconds) <= LATEST)) {
      throw new TokenFault("the claim " + claim + " is missing or no time");
    }
    return (long) (seconds * 1000);
  }
}
