package dev.sallyport.authn.token.introspection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.token.cache.Inquiries.Found;
import dev.sallyport.authn.token.jwt.StrictJson;
import dev.sallyport.authn.token.jwt.TokenFault;
import dev.sallyport.authn.token.oidc.ClaimRule;
import dev.sallyport.authn.token.oidc.Claims;
import dev.sallyport.authn.token.oidc.SystemNames;
import dev.sallyport.authn.token.oidc.TokenLife;
import dev.sallyport.authn.token.oidc.UserRule;
import java.time.Duration;
import java.util.Locale;

/**
 * What an endpoint's answer comes to. Whatever is unclear in it lets nobody in.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-2.2">RFC 7662, 2.2</a>
 */
record IntrospectedToken(Introspection introspection, SystemNames names) {

  /** How long a no is remembered at most: a token may become good shortly after. */
  static final Duration SHORTLY = Duration.ofSeconds(10);

  /** What the endpoint answered, at this time in milliseconds since the epoch. */
  Found of(byte[] body, long now) {
    JsonNode answer = StrictJson.object(body);
    JsonNode active = answer == null ? null : answer.get("active");
    if (answer == null || active == null || !active.isBoolean()) {
      return Found.once(refused("answered no introspection response"));
    }
    if (!active.booleanValue()) {
      return no(Abstained.INSTANCE, now); // unknown here, or over: others may know it
    }
    try {
      Claims claims = new Claims(answer);
      TokenLife life = TokenLife.perhapsEndless(claims);
      life.check(now);
      UserInfo user = user(answer, claims);
      long until = Math.min(life.expiry(), now + introspection.cacheTtl().toMillis());
      return new Found(new Authenticated(user, Audiences.ANY, life.credential(claims)), until);
    } catch (TokenFault fault) {
      return no(refused(fault.reason()), now);
    }
  }

  /** A no and who said it. */
  Rejected refused(String reason) {
    return new Rejected(introspection.endpoint().getHost() + ": " + reason);
  }

  private Found no(AuthenticationResult result, long now) {
    long held = Math.min(introspection.cacheTtl().toMillis(), SHORTLY.toMillis());
    return new Found(result, now + held);
  }

  private UserInfo user(JsonNode answer, Claims claims) throws TokenFault {
    checkBearer(answer);
    checkAudience(claims);
    for (ClaimRule rule : introspection.claimRules()) {
      rule.check(claims);
    }
    UserInfo user = introspection.mapping().user(claims);
    names.check(user);
    for (UserRule rule : introspection.userRules()) {
      rule.check(user);
    }
    return user;
  }

  /**
   * Whoever shows a token that is bound to a key must show the key too, which cannot be seen here
   * (RFC 7800, RFC 8705, RFC 9449).
   */
  private static void checkBearer(JsonNode answer) throws TokenFault {
    JsonNode type = answer.path("token_type");
    boolean bearer =
        switch (type.isTextual() ? type.textValue().toLowerCase(Locale.ROOT) : "") {
          case "bearer", "access_token" -> true;
          default -> type.isMissingNode() || type.isNull();
        };
    if (!bearer || answer.hasNonNull("cnf")) {
      throw new TokenFault("the token is no bearer token");
    }
  }

  private void checkAudience(Claims claims) throws TokenFault {
    if (introspection.audiences().isEmpty()) {
      return; // there are rules instead
    }
    for (String audience : claims.texts("aud")) {
      if (introspection.audiences().contains(audience)) {
        return;
      }
    }
    throw new TokenFault("the token is meant for others");
  }
}
