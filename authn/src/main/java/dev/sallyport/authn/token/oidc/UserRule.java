package dev.sallyport.authn.token.oidc;

import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.token.jwt.TokenFault;
import dev.sallyport.expressions.cel.Expression;
import java.util.Map;

/**
 * What the user that a token makes must fulfil.
 *
 * @param message why a token is refused otherwise; may be empty
 */
public record UserRule(Expression<Boolean> expression, String message) {

  /**
   * @throws TokenFault when the user does not
   */
  public void check(UserInfo user) throws TokenFault {
    Map<String, Object> fields =
        Map.of(
            "username", user.name(),
            "uid", user.uid(),
            "groups", user.groups(),
            "extra", user.extra());
    ClaimRule.Holds.check(expression.evaluate(Map.of("user", fields)), expression, message);
  }
}
