package dev.sallyport.resources.kinds.admissionregistration;

import dev.sallyport.resources.validation.Field;
import java.util.HashSet;
import java.util.Set;

/** Expressions with names that a policy's others use. */
final class PolicyVariables {

  private PolicyVariables() {}

  static void check(Field variables) {
    Set<String> names = new HashSet<>();
    variables.each(
        variable -> {
          Field name = variable.at("name");
          if (name.given("name is not specified")) {
            if (!isIdentifier(name.text())) {
              name.invalid("name is not a valid CEL identifier");
            }
            if (!names.add(name.text())) {
              name.duplicate();
            }
          }
          Field expression = variable.at("expression");
          if (expression.text().isBlank()) {
            expression.required("expression is not specified");
          } else {
            PolicyExpressions.any(expression);
          }
        });
  }

  private static boolean isIdentifier(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }
}
