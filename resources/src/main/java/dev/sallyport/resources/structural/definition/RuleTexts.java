package dev.sallyport.resources.structural.definition;

import static dev.sallyport.resources.structural.definition.Words.required;
import static dev.sallyport.resources.structural.definition.Words.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.Quoted;
import dev.sallyport.api.StatusCause;
import dev.sallyport.resources.structural.tree.FieldPaths;
import dev.sallyport.resources.structural.tree.SchemaReader;
import dev.sallyport.resources.structural.value.Causes;
import java.util.ArrayList;
import java.util.List;

/** The texts around the expressions of x-kubernetes-validations. */
final class RuleTexts {

  private static final List<String> REASONS =
      List.of(
          "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired");

  private final List<StatusCause> causes = new ArrayList<>();

  private RuleTexts() {}

  static List<StatusCause> check(JsonNode schema, String path) {
    JsonNode rules = schema.path("x-kubernetes-validations");
    RuleTexts check = new RuleTexts();
    for (int i = 0; i < rules.size(); i++) {
      String field = path + ".x-kubernetes-validations[" + i + "]";
      check.message(rules.get(i), field);
      check.reason(rules.get(i), field);
      check.fieldPath(schema, rules.get(i), field);
    }
    return check.causes;
  }

  private void message(JsonNode rule, String field) {
    String expression = text(rule, "rule").strip();
    String message = text(rule, "message");
    if (expression.isEmpty()) {
      causes.add(required(field + ".rule", "rule is not specified"));
    } else if (!message.isEmpty() && message.isBlank()) {
      invalid(rule, field, "message", "message must be non-empty if specified");
    } else if (hasBreaks(message.strip())) {
      invalid(rule, field, "message", "message must not contain line breaks");
    } else if (hasBreaks(expression) && message.isBlank()) {
      causes.add(
          required(field + ".message", "message must be specified if rule contains line breaks"));
    }
    String messageExpression = text(rule, "messageExpression");
    if (!messageExpression.isEmpty() && messageExpression.isBlank()) {
      causes.add(
          required(
              field + ".messageExpression", "messageExpression must be non-empty if specified"));
    }
  }

  private void reason(JsonNode rule, String field) {
    String reason = text(rule, "reason");
    if (rule.hasNonNull("reason") && !REASONS.contains(reason)) {
      causes.add(
          new StatusCause(
              "FieldValueNotSupported",
              "Unsupported value: "
                  + Quoted.of(reason)
                  + ": supported values: "
                  + String.join(", ", REASONS.stream().map(Quoted::of).toList()),
              field + ".reason"));
    }
  }

  private void fieldPath(JsonNode schema, JsonNode rule, String field) {
    String fieldPath = text(rule, "fieldPath");
    if (fieldPath.isEmpty()) {
      return;
    }
    if (fieldPath.isBlank()) {
      invalid(rule, field, "fieldPath", "fieldPath must be non-empty if specified");
    }
    if (hasBreaks(fieldPath)) {
      invalid(rule, field, "fieldPath", "fieldPath must not contain line breaks");
    }
    if (FieldPaths.resolve(fieldPath, new SchemaReader().read(schema)) == null) {
      invalid(rule, field, "fieldPath", "fieldPath must be a valid path");
    }
  }

  private void invalid(JsonNode rule, String field, String word, String why) {
    causes.add(Causes.invalid(field + "." + word, rule.path(word), why));
  }

  private static boolean hasBreaks(String text) {
    return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
  }
}
