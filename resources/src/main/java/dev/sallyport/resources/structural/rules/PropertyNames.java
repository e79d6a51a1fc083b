package dev.sallyport.resources.structural.rules;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Properties' names as rules spell them.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules">Validation
 *     rules: accessible property names</a>
 */
final class PropertyNames {

  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private PropertyNames() {}

  /** Null for a name that no rule can spell. */
  static @Nullable String escaped(String name) {
    if (RESERVED.contains(name)) {
      return "__" + name + "__";
    }
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      switch (c) {
        case '.' -> escaped.append("__dot__");
        case '-' -> escaped.append("__dash__");
        case '/' -> escaped.append("__slash__");
        case '_' -> {
          if (i + 1 < name.length() && name.charAt(i + 1) == '_') {
            escaped.append("__underscores__");
            i++;
          } else {
            escaped.append(c);
          }
        }
        default -> {
          boolean digit = c >= '0' && c <= '9';
          if (!isLetter(c) && (!digit || i == 0)) {
            return null;
          }
          escaped.append(c);
        }
      }
    }
    return escaped.isEmpty() ? null : escaped.toString();
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
