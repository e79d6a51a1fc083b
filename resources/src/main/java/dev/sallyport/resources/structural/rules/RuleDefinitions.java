package dev.sallyport.resources.structural.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sallyport.api.StatusCause;
import dev.sallyport.expressions.InvalidExpressionException;
import dev.sallyport.expressions.cel.Expression;
import dev.sallyport.resources.structural.tree.Rule;
import dev.sallyport.resources.structural.tree.SchemaNode;
import dev.sallyport.resources.structural.tree.SchemaNode.Trait;
import dev.sallyport.resources.structural.value.Causes;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the rules of a definition compile and what they would cost at worst. Used once.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#resource-use-by-validation-functions">Resource
 *     use by validation functions</a>
 */
public final class RuleDefinitions {

  private final List<StatusCause> causes = new ArrayList<>();
  private final RuleCosts costs = new RuleCosts();

  private RuleDefinitions() {}

  /**
   * What is wrong with the rules of a schema.
   *
   * @param root structural, with sound defaults
   */
  public static List<StatusCause> check(SchemaNode root, String path) {
    if (!root.is(Trait.HAS_RULES)) {
      return List.of();
    }
    RuleDefinitions walk = new RuleDefinitions();
    walk.schema(root, path, new Inside(1, true, ""));
    walk.causes.addAll(walk.costs.tooMuch(path));
    return walk.causes;
  }

  /**
   * What surrounds a schema.
   *
   * @param most how many values of it an object can have; infinite where nobody said
   * @param uncorrelatable the path of the outermost schema whose parts cannot be told from each
   *     other between two states of an object; "" for none
   */
  private record Inside(double most, boolean root, String uncorrelatable) {

    Inside values(double times, String atomic) {
      return new Inside(most * times, false, uncorrelatable.isEmpty() ? atomic : uncorrelatable);
    }
  }

  private void schema(SchemaNode schema, String path, Inside inside) {
    if (!schema.is(Trait.HAS_RULES)) {
      return;
    }
    if (schema.values() != null) {
      schema(
          schema.values(), path + ".additionalProperties", inside.values(most(schema, false), ""));
    }
    String atomic = schema.mapType().equals("atomic") ? path : "";
    schema
        .properties()
        .forEach(
            (name, property) ->
                schema(property, path + ".properties[" + name + "]", inside.values(1, atomic)));
    if (schema.items() != null) {
      String list = schema.listType().equals("map") ? "" : path;
      schema(schema.items(), path + ".items", inside.values(most(schema, true), list));
    }
    if (!schema.rules().isEmpty()) {
      rules(schema, path + ".x-kubernetes-validations", inside);
    }
  }

  private static double most(SchemaNode schema, boolean list) {
    if (schema.constraints() == null) {
      return Double.POSITIVE_INFINITY;
    }
    long most = list ? schema.constraints().maxItems() : schema.constraints().maxProperties();
    return most < 0 ? Double.POSITIVE_INFINITY : most;
  }

  private void rules(SchemaNode schema, String path, Inside inside) {
    RuleType type = RuleType.of(schema, inside.root || schema.is(Trait.EMBEDDED_RESOURCE));
    if (type == null) {
      causes.add(
          new StatusCause(
              "InternalError",
              "Internal error: internal error: failed to retrieve type information for"
                  + " x-kubernetes-validations",
              path));
      return;
    }
    RuleCompiler compiler = new RuleCompiler(schema, type.type());
    double times = Double.isInfinite(inside.most) ? type.mostInABody() : inside.most;
    for (int i = 0; i < schema.rules().size(); i++) {
      String field = path + "[" + i + "]";
      rule(schema.rules().get(i), compiler, field, times, inside);
      message(schema.rules().get(i), compiler, field);
    }
  }

  private void rule(Rule rule, RuleCompiler compiler, String field, double times, Inside inside) {
    Expression<Boolean> expression;
    try {
      expression = compiler.expression(rule);
    } catch (InvalidExpressionException e) {
      causes.add(Causes.invalid(field + ".rule", shown(rule), e.shown()));
      return;
    }
    costs
        .observe(field + ".rule", "estimated rule cost", expression.cost() * times)
        .ifPresent(causes::add);
    if (!expression.mentions("oldSelf")) {
      if (rule.optionalOldSelf()) {
        causes.add(
            Causes.invalid(
                field + ".optionalOldSelf",
                BooleanNode.TRUE,
                "may not be set if oldSelf is not used in rule"));
      }
    } else if (!inside.uncorrelatable.isEmpty()) {
      causes.add(
          Causes.invalid(
              field + ".rule",
              TextNode.valueOf(rule.expression()),
              "oldSelf cannot be used on the uncorrelatable portion of the schema within "
                  + inside.uncorrelatable));
    }
  }

  private void message(Rule rule, RuleCompiler compiler, String field) {
    try {
      Expression<String> message = compiler.message(rule);
      if (message != null) {
        costs
            .observe(
                field + ".messageExpression", "estimated messageExpression cost", message.cost())
            .ifPresent(causes::add);
      }
    } catch (InvalidExpressionException e) {
      causes.add(
          Causes.invalid(
              field + ".messageExpression",
              shown(rule),
              "messageExpression " + e.shown().replace("cel expression", "")));
    }
  }

  /** The whole rule, with all that it could have said. */
  private static JsonNode shown(Rule rule) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown.put("Rule", rule.expression());
    shown.put("Message", rule.message());
    shown.put("MessageExpression", rule.messageExpression());
    shown.put("Reason", rule.reason().isEmpty() ? null : rule.reason());
    shown.put("FieldPath", rule.fieldPath());
    shown.put("OptionalOldSelf", rule.optionalOldSelf() ? Boolean.TRUE : null);
    return shown;
  }
}
