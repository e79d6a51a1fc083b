package dev.sallyport.authn.token.oidc;

import dev.sallyport.authn.token.jwt.TokenFault;
import dev.sallyport.expressions.Evaluation;
import dev.sallyport.expressions.cel.Expression;

/** What the claims of a token must fulfil. */
public sealed interface ClaimRule {

  /**
   * @throws TokenFault when they do not
   */
  void check(Claims claims) throws TokenFault;

  /** The claim is there and has just this text. */
  record Required(String claim, String value) implements ClaimRule {
    @Override
    public void check(Claims claims) throws TokenFault {
      if (!claims.text(claim).equals(value)) {
        throw new TokenFault("the claim " + claim + " has not the required value");
      }
    }
  }

  /**
   * The expression is true.
   *
   * @param message why a token is refused otherwise; may be empty
   */
  record Holds(Expression<Boolean> expression, String message) implements ClaimRule {
    @Override
    public void check(Claims claims) throws TokenFault {
      check(expression.evaluate(claims.variables()), expression, message);
    }

    static void check(Evaluation<Boolean> outcome, Expression<?> expression, String message)
        throws TokenFault {
      String told = "the rule " + expression.text();
      if (outcome instanceof Evaluation.Failed<Boolean> failed) {
        throw new TokenFault(told + " failed: " + failed.reason());
      }
      if (!((Evaluation.Value<Boolean>) outcome).value()) {
        throw new TokenFault(message.isEmpty() ? told + " does not hold" : message);
      }
    }
  }
}
