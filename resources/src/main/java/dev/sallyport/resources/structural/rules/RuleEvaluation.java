package dev.sallyport.resources.structural.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.Quoted;
import dev.sallyport.api.StatusCause;
import dev.sallyport.expressions.Evaluation;
import dev.sallyport.expressions.Evaluation.Failed;
import dev.sallyport.expressions.Evaluation.Value;
import dev.sallyport.expressions.cel.Budget;
import dev.sallyport.expressions.cel.Expression;
import dev.sallyport.resources.structural.tree.Place;
import dev.sallyport.resources.structural.tree.SchemaNode;
import dev.sallyport.resources.structural.value.Causes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Evaluates the rules of one schema for one value. Used once. */
final class RuleEvaluation {

  /** What one rule may cost: about a twentieth of a second. */
  private static final long MOST = 1_000_000;

  private static final int LONGEST_MESSAGE = 5 << 10;

  private final SchemaNode schema;
  private final boolean resource;
  private final Place place;
  private final Budget budget;
  private final List<StatusCause> causes;

  RuleEvaluation(
      SchemaNode schema, boolean resource, Place place, Budget budget, List<StatusCause> causes) {
    this.schema = schema;
    this.resource = resource;
    this.place = place;
    this.budget = budget;
    this.causes = causes;
  }

  void evaluate(
      List<CompiledRule> rules, JsonNode value, @Nullable JsonNode old, Correlation history) {
    Map<String, Object> plain = new HashMap<>();
    plain.put("self", RuleValues.of(value, schema, resource));
    Map<String, Object> optional = new HashMap<>(plain);
    optional.put("oldSelf", Optional.empty());
    if (old != null) {
      Object oldSelf = RuleValues.of(old, schema, resource);
      plain.put("oldSelf", oldSelf);
      optional.put("oldSelf", Optional.of(oldSelf));
    }
    for (CompiledRule rule : rules) {
      if (rule.usesOldSelf() && old == null && !rule.rule().optionalOldSelf()) {
        // Nothing to compare with: the rule is about changes.
        continue;
      }
      one(rule, rule.rule().optionalOldSelf() ? optional : plain, history);
      if (budget.exhausted()) {
        return;
      }
    }
  }

  private void one(CompiledRule rule, Map<String, Object> variables, Correlation history) {
    Budget own = new Budget(Math.min(MOST, budget.left()));
    long before = own.left();
    Evaluation<Boolean> outcome = rule.expression().evaluate(variables, own);
    if (own.exhausted()) {
      outOfBudget(rule, before < MOST);
      return;
    }
    budget.spend(before - own.left());
    if (outcome instanceof Failed<Boolean> failed) {
      invalid(place.path(), why(failed.reason(), rule));
    } else if (outcome instanceof Value<Boolean> verdict && !verdict.value()) {
      broken(rule, variables, history);
    }
  }

  private void outOfBudget(CompiledRule rule, boolean ofTheObject) {
    invalid(
        place.path(),
        ofTheObject
            ? "validation failed due to running out of cost budget, no further validation rules"
                + " will be run"
            : "'operation cancelled: actual cost limit exceeded': no further validation rules will"
                + " be run due to call cost exceeds limit for rule: "
                + rule.name());
    budget.spend(budget.left() + 1);
  }

  private static String why(String reason, CompiledRule rule) {
    String words = FailureWords.of(reason);
    return words.startsWith("no such overload")
        ? "'"
            + words
            + "': call arguments did not match a supported operator, function or macro signature"
            + " for rule: "
            + rule.name()
        : words + " evaluating rule: " + rule.name();
  }

  private void broken(CompiledRule rule, Map<String, Object> variables, Correlation history) {
    if (!rule.usesOldSelf() && history.unchanged()) {
      return;
    }
    String field =
        rule.fieldPath().isEmpty()
            ? place.path()
            : rule.fieldPath().startsWith("[")
                ? place.path() + rule.fieldPath()
                : place.path(rule.fieldPath());
    String detail = message(rule, variables);
    switch (rule.rule().reason()) {
      case "FieldValueForbidden" -> add("FieldValueForbidden", "Forbidden: " + detail, field);
      case "FieldValueRequired" -> add("FieldValueRequired", "Required value: " + detail, field);
      case "FieldValueDuplicate" -> add("FieldValueDuplicate", "Duplicate value: " + type(), field);
      default -> invalid(field, detail);
    }
  }

  private String message(CompiledRule rule, Map<String, Object> variables) {
    Expression<String> expression = rule.message();
    if (expression == null) {
      return rule.words();
    }
    Budget own = new Budget(Math.min(MOST, budget.left()));
    long before = own.left();
    Evaluation<String> outcome = expression.evaluate(variables, own);
    budget.spend(before - Math.max(0, own.left()));
    String text = outcome instanceof Value<String> value ? value.value().strip() : "";
    boolean fit = !text.isEmpty() && text.indexOf('\n') < 0 && text.length() <= LONGEST_MESSAGE;
    return fit ? text : rule.words();
  }

  private void invalid(String field, String detail) {
    add("FieldValueInvalid", "Invalid value: " + type() + ": " + detail, field);
  }

  /** The value's type stands for the value. */
  private String type() {
    return Quoted.of(schema.type() == null ? "" : schema.type().word());
  }

  private void add(String reason, String message, String field) {
    causes.add(new StatusCause(reason, message, field.isEmpty() ? Causes.NO_FIELD : field));
  }
}
