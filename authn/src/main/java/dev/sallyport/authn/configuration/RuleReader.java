package dev.sallyport.authn.configuration;

import dev.sallyport.authn.token.oidc.ClaimRule;
import dev.sallyport.authn.token.oidc.UserRule;
import dev.sallyport.config.document.Fields;
import dev.sallyport.expressions.cel.Expression;
import dev.sallyport.expressions.cel.ExpressionCompiler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what an issuer's tokens and users must fulfil. For one issuer. */
final class RuleReader {
  private static final String EXPRESSION = "expression";
  private static final String CLAIM = "claim";

  private final Expressions expressions;
  private boolean emailVerified;

  RuleReader(Expressions expressions) {
    this.expressions = expressions;
  }

  /** Whether a rule looks at claims.email_verified. */
  boolean emailVerified() {
    return emailVerified;
  }

  List<ClaimRule> claimRules(Fields jwt) {
    Set<String> seen = new HashSet<>();
    List<ClaimRule> rules = new ArrayList<>();
    for (Fields rule : jwt.objects("claimValidationRules")) {
      ClaimRule read = claimRule(rule, seen);
      if (read != null) {
        rules.add(read);
      }
    }
    return rules;
  }

  List<UserRule> userRules(Fields jwt) {
    Set<String> seen = new HashSet<>();
    List<UserRule> rules = new ArrayList<>();
    for (Fields rule : jwt.objects("userValidationRules")) {
      String text = rule.text(EXPRESSION);
      String message = rule.text("message");
      if (text.isEmpty()) {
        rule.fault(EXPRESSION, Told.missing("a CEL expression over user"));
      } else if (!seen.add(text)) {
        rule.fault(EXPRESSION, Told.wrong(text, "each expression once"));
      } else {
        Expression<Boolean> compiled =
            expressions.ofUser(rule, EXPRESSION, ExpressionCompiler::bool);
        if (compiled != null) {
          rules.add(new UserRule(compiled, message));
        }
      }
    }
    return rules;
  }

  private @Nullable ClaimRule claimRule(Fields rule, Set<String> seen) {
    String claim = rule.text(CLAIM);
    String value = rule.text("requiredValue");
    String text = rule.text(EXPRESSION);
    String message = rule.text("message");
    if (claim.isEmpty() == text.isEmpty()) {
      rule.fault("expected either claim or expression");
      return null;
    }
    if (!seen.add(claim.isEmpty() ? "e " + text : "c " + claim)) {
      rule.fault(claim.isEmpty() ? EXPRESSION : CLAIM, "is there already (expected: each once)");
      return null;
    }
    if (!claim.isEmpty()) {
      if (!message.isEmpty()) {
        rule.fault("message", "not with a claim (expected: only with an expression)");
      }
      return new ClaimRule.Required(claim, value);
    }
    if (!value.isEmpty()) {
      rule.fault("requiredValue", "not with an expression (expected: only with a claim)");
    }
    Expression<Boolean> compiled = expressions.ofClaims(rule, EXPRESSION, ExpressionCompiler::bool);
    if (compiled == null) {
      return null;
    }
    emailVerified |= compiled.reads("claims", "email_verified");
    return new ClaimRule.Holds(compiled, message);
  }
}
