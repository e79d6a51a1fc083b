package dev.sallyport.resources.structural.value;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.StatusCause;
import dev.sallyport.resources.structural.tree.Constraints;
import dev.sallyport.resources.structural.tree.Equality;
import dev.sallyport.resources.structural.tree.OldItems;
import dev.sallyport.resources.structural.tree.Place;
import dev.sallyport.resources.structural.tree.SchemaNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the values of one object. What has not changed by an update may keep its faults. Used
 * once, by one thread.
 */
public final class ValueCheck {
  private final Place place = new Place();
  private final ScalarCheck scalars = new ScalarCheck(place);
  private final Combinations combinations = new Combinations(this, place);

  /**
   * Checks a value.
   *
   * @param old what it was before an update, or null
   */
  public static List<StatusCause> check(SchemaNode schema, JsonNode value, @Nullable JsonNode old) {
    Outcome outcome = new Outcome();
    new ValueCheck().ratcheted(schema, value, old, outcome);
    return outcome.causes();
  }

  private void ratcheted(
      SchemaNode schema, JsonNode value, @Nullable JsonNode old, Outcome outcome) {
    int before = outcome.size();
    value(schema, value, old, outcome);
    if (outcome.size() > before && old != null && Equality.same(value, old)) {
      outcome.forget(before);
    }
  }

  void value(SchemaNode schema, JsonNode value, @Nullable JsonNode old, Outcome outcome) {
    TypeCheck.check(schema, value, place, outcome);
    Constraints constraints = schema.constraints();
    if (value.isNull()) {
      scalars.choice(constraints, value, outcome);
      return;
    }
    if (constraints != null) {
      combinations.check(constraints, value, old, outcome);
    }
    // Of its combinations, and of all of its checks together.
    outcome.matched();
    outcome.matched();
    scalars.check(constraints, value, outcome);
    if (value.isArray()) {
      items(schema, value, old, outcome);
    }
    scalars.choice(constraints, value, outcome);
    if (value.isObject()) {
      object(schema, value, old, outcome);
    }
  }

  private void items(SchemaNode schema, JsonNode list, @Nullable JsonNode old, Outcome outcome) {
    SchemaNode item = schema.items();
    if (item != null) {
      OldItems oldItems = new OldItems(schema, old);
      for (int i = 0; i < list.size(); i++) {
        int mark = place.index(i);
        ratcheted(item, list.get(i), oldItems.of(i, list.get(i)), outcome);
        place.back(mark);
      }
    }
    if (schema.constraints() != null) {
      counted(schema.constraints(), list.size(), outcome);
    }
    outcome.matched();
  }

  private void counted(Constraints constraints, int size, Outcome outcome) {
    if (size < constraints.minItems()) {
      outcome.add(
          Causes.invalidShown(
              place.path(),
              String.valueOf(size),
              place.path() + " in body should have at least " + constraints.minItems() + " items"));
    }
    if (constraints.maxItems() != Constraints.NONE && size > constraints.maxItems()) {
      outcome.add(Causes.tooMany(place.path(), size, constraints.maxItems()));
    }
  }

  private void object(SchemaNode schema, JsonNode object, @Nullable JsonNode old, Outcome outcome) {
    Constraints constraints = schema.constraints();
    if (constraints != null && isOfWrongSize(constraints, object.size(), outcome)) {
      return;
    }
    if (schema.values() != null) {
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        if (schema.properties().get(entry.getKey()) == null) {
          member(schema.values(), entry.getKey(), entry.getValue(), old, outcome);
        }
      }
    }
    schema
        .properties()
        .forEach(
            (name, property) -> {
              JsonNode value = object.get(name);
              if (value != null) {
                member(property, name, value, old, outcome);
              }
            });
    if (constraints != null) {
      required(constraints, object, outcome);
    }
  }

  private void member(
      SchemaNode schema, String name, JsonNode value, @Nullable JsonNode old, Outcome outcome) {
    int mark = place.field(name);
    ratcheted(schema, value, old == null ? null : old.get(name), outcome);
    place.back(mark);
  }

  private boolean isOfWrongSize(Constraints constraints, int size, Outcome outcome) {
    if (size < constraints.minProperties()) {
      outcome.add(
          Causes.invalidShown(
              place.path(),
              String.valueOf(size),
              place.path()
                  + " in body should have at least "
                  + constraints.minProperties()
                  + " properties"));
      return true;
    }
    if (constraints.maxProperties() != Constraints.NONE && size > constraints.maxProperties()) {
      outcome.add(Causes.tooMany(place.path(), size, constraints.maxProperties()));
      return true;
    }
    return false;
  }

  private void required(Constraints constraints, JsonNode object, Outcome outcome) {
    for (String name : constraints.required()) {
      if (!object.has(name)) {
        outcome.add(Causes.required(place.path(name)));
      }
    }
  }
}
