package dev.sallyport.resources.kinds.admissionregistration;

import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.HashSet;
import java.util.Set;

/** Expressions that all must be true before a webhook or policy is asked. */
final class MatchConditions {

  private static final int MOST = 64;

  private MatchConditions() {}

  static void check(Field conditions) {
    conditions.atMost(MOST);
    Set<String> names = new HashSet<>();
    conditions.each(
        condition -> {
          Field expression = condition.at("expression");
          if (expression.text().isBlank()) {
            expression.required("");
          } else {
            PolicyExpressions.bool(expression);
          }
          Field name = condition.at("name");
          if (name.given()) {
            name.is(Names::qualifiedName);
            if (!names.add(name.text())) {
              name.duplicate();
            }
          }
        });
  }
}
