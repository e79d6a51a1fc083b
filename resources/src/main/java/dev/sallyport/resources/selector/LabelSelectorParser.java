package dev.sallyport.resources.selector;

import dev.sallyport.api.Quoted;
import dev.sallyport.resources.selector.LabelRequirement.Operator;
import dev.sallyport.resources.selector.LabelSelectorLexer.Kind;
import dev.sallyport.resources.selector.LabelSelectorLexer.Token;
import dev.sallyport.resources.validation.Names;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads a label selector by recursive descent; its complaints are the API's. */
final class LabelSelectorParser {

  private final LabelSelectorLexer lexer;

  LabelSelectorParser(String text) {
    this.lexer = new LabelSelectorLexer(text);
  }

  LabelSelector parse() {
    List<LabelRequirement> requirements = new ArrayList<>();
    while (true) {
      Kind kind = lexer.peek().asValue();
      if (kind == Kind.END) {
        return new LabelSelector(requirements);
      }
      if (kind != Kind.WORD && kind != Kind.NOT) {
        throw found(lexer.peek(), ", expected: !, identifier, or 'end of string'");
      }
      requirements.add(requirementOrFailure());
      if (endsAfterRequirement()) {
        return new LabelSelector(requirements);
      }
    }
  }

  private boolean endsAfterRequirement() {
    Token behind = lexer.take();
    if (behind.kind() == Kind.END) {
      return true;
    }
    if (behind.kind() != Kind.COMMA) {
      throw found(behind, ", expected: ',' or 'end of string'");
    }
    Kind next = lexer.peek().asValue();
    if (next != Kind.WORD && next != Kind.NOT) {
      throw found(lexer.peek(), ", expected: identifier after ','");
    }
    return false;
  }

  private LabelRequirement requirementOrFailure() {
    try {
      return requirement();
    } catch (SelectorSyntaxException e) {
      throw new SelectorSyntaxException("unable to parse requirement: " + e.getMessage());
    }
  }

  private LabelRequirement requirement() {
    Token token = lexer.take();
    boolean negated = token.kind() == Kind.NOT;
    if (negated) {
      token = lexer.take();
    }
    if (token.asValue() != Kind.WORD) {
      throw found(token, ", expected: identifier");
    }
    String key = token.text();
    checkKey(key);
    if (negated) {
      return new LabelRequirement(key, Operator.DOES_NOT_EXIST, Set.of());
    }
    Kind behind = lexer.peek().asValue();
    if (behind == Kind.END || behind == Kind.COMMA) {
      return new LabelRequirement(key, Operator.EXISTS, Set.of());
    }
    return comparison(key);
  }

  private LabelRequirement comparison(String key) {
    Token token = lexer.take();
    Operator operator =
        switch (token.kind()) {
          case IN, EQUALS, DOUBLE_EQUALS -> Operator.IN;
          case NOT_IN, NOT_EQUALS -> Operator.NOT_IN;
          case GREATER -> Operator.GREATER_THAN;
          case LESS -> Operator.LESS_THAN;
          default -> throw found(token, ", expected: in, notin, =, ==, !=, gt, lt");
        };
    boolean list = token.kind() == Kind.IN || token.kind() == Kind.NOT_IN;
    Set<String> values = list ? values() : Set.of(value());
    checkValues(key, operator, values);
    return new LabelRequirement(key, operator, values);
  }

  private String value() {
    Kind kind = lexer.peek().asValue();
    if (kind == Kind.END || kind == Kind.COMMA) {
      return "";
    }
    Token token = lexer.take();
    if (token.asValue() != Kind.WORD) {
      throw found(token, ", expected: identifier");
    }
    return token.text();
  }

  private Set<String> values() {
    Token open = lexer.take();
    if (open.kind() != Kind.OPEN) {
      throw found(open, " expected: '('");
    }
    Token first = lexer.peek();
    if (first.kind() == Kind.CLOSE) {
      lexer.take();
      return Set.of("");
    }
    if (first.asValue() != Kind.WORD && first.kind() != Kind.COMMA) {
      throw found(first, ", expected: ',', ')' or identifier");
    }
    Set<String> values = valueList();
    lexer.take();
    return values;
  }

  /** The values up to the closing bracket; a gap between commas is the empty value. */
  private Set<String> valueList() {
    Set<String> values = new TreeSet<>();
    boolean gap = true;
    while (true) {
      Token token = lexer.peek();
      if (token.kind() == Kind.CLOSE) {
        if (gap) {
          values.add("");
        }
        return values;
      }
      lexer.take();
      if (token.kind() == Kind.COMMA) {
        if (gap) {
          values.add("");
        }
        gap = true;
      } else if (token.asValue() == Kind.WORD && gap) {
        values.add(token.text());
        gap = false;
      } else {
        throw found(token, gap ? ", expected: ',', or identifier" : ", expected: ',' or ')'");
      }
    }
  }

  /**
   * As for a parsed requirement; the values of In and NotIn must be there, the others' must not.
   */
  static void check(String key, Operator operator, List<String> values) {
    checkKey(key);
    boolean comparing = operator == Operator.IN || operator == Operator.NOT_IN;
    if (comparing == values.isEmpty()) {
      throw new SelectorSyntaxException("values do not fit the operator");
    }
    checkValues(key, operator, new LinkedHashSet<>(values));
  }

  private static void checkKey(String key) {
    List<String> faults = Names.qualifiedName(key);
    if (!faults.isEmpty()) {
      throw new SelectorSyntaxException(
          "<nil>: Invalid value: " + Quoted.of(key) + ": " + String.join("; ", faults));
    }
  }

  private static void checkValues(String key, Operator operator, Set<String> values) {
    int index = 0;
    for (String value : values) {
      List<String> faults = Names.labelValue(value);
      if (!faults.isEmpty()) {
        throw new SelectorSyntaxException(
            "values[%d][%s]: Invalid value: %s: %s"
                .formatted(index, key, Quoted.of(value), String.join("; ", faults)));
      }
      if ((operator == Operator.GREATER_THAN || operator == Operator.LESS_THAN)
          && !isInteger(value)) {
        throw new SelectorSyntaxException(
            "values[%d]: Invalid value: %s: for 'Gt', 'Lt' operators, the value must be an integer"
                .formatted(index, Quoted.of(value)));
      }
      index++;
    }
  }

  private static boolean isInteger(String value) {
    try {
      Long.parseLong(value);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static SelectorSyntaxException found(Token token, String rest) {
    return new SelectorSyntaxException("found '" + token.text() + "'" + rest);
  }
}
