package dev.sallyport.resources.structural.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.StatusCause;
import dev.sallyport.expressions.cel.Budget;
import dev.sallyport.resources.structural.tree.OldItems;
import dev.sallyport.resources.structural.tree.Place;
import dev.sallyport.resources.structural.tree.SchemaNode;
import dev.sallyport.resources.structural.tree.SchemaNode.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks an object and evaluates the rules of what it meets, within one budget. Used once. */
final class RuleCheck {

  /** What all rules of one object may cost together: about half a second. */
  private static final long BUDGET = 10_000_000;

  private final RuleSet rules;
  private final SchemaNode root;
  private final Place place = new Place();
  private final Budget budget = new Budget(BUDGET);
  private final List<StatusCause> causes = new ArrayList<>();

  RuleCheck(RuleSet rules, SchemaNode root) {
    this.rules = rules;
    this.root = root;
  }

  List<StatusCause> check(JsonNode object, @Nullable JsonNode old) {
    value(root, object, old, new Correlation(object, old, null));
    return causes;
  }

  /**
   * Checks a value and what is in it.
   *
   * @param old what oldSelf is: known only where values can be told from each other
   * @param history for values that have not changed: known in more places
   */
  private void value(
      SchemaNode schema, JsonNode value, @Nullable JsonNode old, Correlation history) {
    if (!schema.is(Trait.HAS_RULES) || value.isNull() || budget.exhausted()) {
      return;
    }
    if (!schema.rules().isEmpty()) {
      new RuleEvaluation(schema, rules.isResource(schema), place, budget, causes)
          .evaluate(rules.of(schema), value, old, history);
    }
    if (value.isArray() && schema.items() != null) {
      items(schema, schema.items(), value, old, history);
    } else if (value.isObject()) {
      fields(schema, value, old, history);
    }
  }

  private void items(
      SchemaNode schema,
      SchemaNode item,
      JsonNode list,
      @Nullable JsonNode old,
      Correlation history) {
    OldItems comparable = new OldItems(schema, old);
    OldItems known = new OldItems(schema, history.old());
    for (int i = 0; i < list.size(); i++) {
      JsonNode one = list.get(i);
      int mark = place.index(i);
      value(item, one, comparable.byKeys(one), history.inside(one, known.of(i, one)));
      place.back(mark);
    }
  }

  private void fields(
      SchemaNode schema, JsonNode object, @Nullable JsonNode old, Correlation history) {
    boolean comparable = !schema.mapType().equals("atomic");
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String name = field.getKey();
      SchemaNode property = schema.properties().get(name);
      SchemaNode member = property == null ? schema.values() : property;
      if (member == null) {
        continue;
      }
      JsonNode oldValue = comparable && old != null ? old.get(name) : null;
      JsonNode known = history.old() == null ? null : history.old().get(name);
      int mark = property == null ? place.key(name) : place.field(name);
      value(member, field.getValue(), oldValue, history.inside(field.getValue(), known));
      place.back(mark);
    }
  }
}
