package dev.sallyport.resources.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads what a filter compares: {@code @.type=="Ready"}, or one path that must lead somewhere. */
final class FilterParser {

  private static final List<String> OPERATORS = List.of("==", "!=", "<=", ">=", "<", ">");

  private final JsonPathParser in;

  FilterParser(JsonPathParser in) {
    this.in = in;
  }

  Predicate<JsonNode> condition() {
    Function<JsonNode, @Nullable JsonNode> left = operand();
    in.blank();
    for (String operator : OPERATORS) {
      if (in.startsWith(operator)) {
        in.skip(operator.length());
        Function<JsonNode, @Nullable JsonNode> right = operand();
        return element -> holds(operator, left.apply(element), right.apply(element));
      }
    }
    return element -> left.apply(element) != null;
  }

  private Function<JsonNode, @Nullable JsonNode> operand() {
    in.blank();
    if (in.peek('@')) {
      in.skip(1);
      return in.path()::first;
    }
    if (in.peek('"') || in.peek('\'')) {
      JsonNode text = TextNode.valueOf(in.quoted());
      return element -> text;
    }
    String word = in.word("=!<>)");
    JsonNode constant = constant(word);
    return element -> constant;
  }

  private JsonNode constant(String word) {
    if (word.equals("true") || word.equals("false")) {
      return BooleanNode.valueOf(word.equals("true"));
    }
    try {
      return DecimalNode.valueOf(new BigDecimal(word));
    } catch (NumberFormatException e) {
      throw in.fault("expected a value to compare with");
    }
  }

  private static boolean holds(String operator, @Nullable JsonNode left, @Nullable JsonNode right) {
    if (left == null || right == null) {
      return false;
    }
    Integer order = compared(left, right);
    if (order == null) {
      return operator.equals("!=");
    }
    return switch (operator) {
      case "==" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  /** Null for values that cannot be compared. */
  private static @Nullable Integer compared(JsonNode left, JsonNode right) {
    if (left.isNumber() && right.isNumber()) {
      return left.decimalValue().compareTo(right.decimalValue());
    }
    if (left.isTextual() && right.isTextual()) {
      return left.textValue().compareTo(right.textValue());
    }
    if (left.isBoolean() && right.isBoolean()) {
      return Boolean.compare(left.booleanValue(), right.booleanValue());
    }
    return null;
  }
}
