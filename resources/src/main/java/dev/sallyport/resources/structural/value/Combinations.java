package dev.sallyport.resources.structural.value;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.Quoted;
import dev.sallyport.resources.structural.tree.Constraints;
import dev.sallyport.resources.structural.tree.Place;
import dev.sallyport.resources.structural.tree.SchemaNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * anyOf, oneOf, allOf and not. Of several alternatives that all failed, the faults of the one that
 * came furthest are told.
 */
final class Combinations {
  private final ValueCheck values;
  private final Place place;

  Combinations(ValueCheck values, Place place) {
    this.values = values;
    this.place = place;
  }

  void check(Constraints constraints, JsonNode value, @Nullable JsonNode old, Outcome outcome) {
    if (!constraints.anyOf().isEmpty()) {
      any(constraints.anyOf(), value, old, outcome);
    }
    if (!constraints.oneOf().isEmpty()) {
      one(constraints.oneOf(), value, old, outcome);
    }
    if (!constraints.allOf().isEmpty()) {
      all(constraints.allOf(), value, old, outcome);
    }
    SchemaNode not = constraints.not();
    if (not != null && branch(not, value, old).valid()) {
      refuse("must not validate the schema (not)", outcome);
    }
  }

  private Outcome branch(SchemaNode schema, JsonNode value, @Nullable JsonNode old) {
    Outcome outcome = new Outcome();
    values.value(schema, value, old, outcome);
    return outcome;
  }

  private void any(
      List<SchemaNode> branches, JsonNode value, @Nullable JsonNode old, Outcome outcome) {
    Outcome best = null;
    for (SchemaNode schema : branches) {
      Outcome branch = branch(schema, value, old);
      if (branch.valid()) {
        outcome.merge(branch);
        return;
      }
      best = better(best, branch);
    }
    refuse("must validate at least one schema (anyOf)", outcome);
    if (best != null) {
      outcome.merge(best);
    }
  }

  private void one(
      List<SchemaNode> branches, JsonNode value, @Nullable JsonNode old, Outcome outcome) {
    Outcome best = null;
    Outcome first = null;
    int valid = 0;
    for (SchemaNode schema : branches) {
      Outcome branch = branch(schema, value, old);
      if (branch.valid()) {
        valid++;
        first = first == null ? branch : first;
      } else {
        best = better(best, branch);
      }
    }
    if (valid == 1 && first != null) {
      outcome.merge(first);
      return;
    }
    String found = valid == 0 ? "Found none valid" : "Found " + valid + " valid alternatives";
    refuse("must validate one and only one schema (oneOf). " + found, outcome);
    if (valid == 0 && best != null) {
      outcome.merge(best);
    }
  }

  private void all(
      List<SchemaNode> branches, JsonNode value, @Nullable JsonNode old, Outcome outcome) {
    int valid = 0;
    for (SchemaNode schema : branches) {
      Outcome branch = branch(schema, value, old);
      valid += branch.valid() ? 1 : 0;
      outcome.merge(branch);
    }
    if (valid < branches.size()) {
      refuse(
          "must validate all the schemas (allOf)" + (valid == 0 ? ". None validated" : ""),
          outcome);
    }
  }

  private static Outcome better(@Nullable Outcome best, Outcome branch) {
    return best == null || branch.matches() > best.matches() ? branch : best;
  }

  /** Which field it is stands in the words only. */
  private void refuse(String what, Outcome outcome) {
    outcome.add(Causes.invalidShown(Causes.NO_FIELD, "\"\"", Quoted.of(place.path()) + " " + what));
  }
}
