package dev.sallyport.resources.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A set of places in an object, as a tree. Steps are spelled as in FieldsV1: {@code f:name} for a
 * member, {@code k:{"name":"x"}} for a list element by its keys, {@code v:1} for one by its value.
 * Not thread safe; operations make new sets.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">Server-Side
 *     Apply</a>
 */
final class FieldSet {

  private static final String SELF = ".";

  private boolean member;
  private final Map<String, FieldSet> below = new TreeMap<>();

  /** Reads FieldsV1. */
  static FieldSet of(JsonNode fields) {
    FieldSet set = new FieldSet();
    for (Map.Entry<String, JsonNode> entry : fields.properties()) {
      if (entry.getKey().equals(SELF)) {
        set.member = true;
      } else {
        FieldSet child = of(entry.getValue());
        child.member |= entry.getValue().isEmpty();
        set.below.put(entry.getKey(), child);
      }
    }
    return set;
  }

  /** Writes FieldsV1. */
  ObjectNode json() {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    if (member && !below.isEmpty()) {
      fields.putObject(SELF);
    }
    below.forEach((step, set) -> fields.set(step, set.json()));
    return fields;
  }

  boolean member() {
    return member;
  }

  void include() {
    member = true;
  }

  boolean isEmpty() {
    return !member && below.isEmpty();
  }

  @Nullable FieldSet at(String step) {
    return below.get(step);
  }

  /** The set below a step, made if there is none; {@link #compact} removes what stays empty. */
  FieldSet enter(String step) {
    return below.computeIfAbsent(step, made -> new FieldSet());
  }

  void drop(String step) {
    below.remove(step);
  }

  FieldSet compact() {
    below.values().removeIf(set -> set.compact().isEmpty());
    return this;
  }

  FieldSet union(FieldSet other) {
    FieldSet result = copy();
    result.addAll(other);
    return result;
  }

  private void addAll(FieldSet other) {
    member |= other.member;
    other.below.forEach((step, set) -> enter(step).addAll(set));
  }

  /** Adds what is inside the other set, but not its own place. */
  void addAllBelow(FieldSet other) {
    other.below.forEach((step, set) -> enter(step).addAll(set));
  }

  private FieldSet copy() {
    FieldSet copy = new FieldSet();
    copy.member = member;
    below.forEach((step, set) -> copy.below.put(step, set.copy()));
    return copy;
  }

  FieldSet minus(FieldSet other) {
    FieldSet result = new FieldSet();
    result.member = member && !other.member;
    below.forEach(
        (step, set) -> {
          FieldSet taken = other.below.get(step);
          result.below.put(step, taken == null ? set.copy() : set.minus(taken));
        });
    return result.compact();
  }

  FieldSet intersection(FieldSet other) {
    FieldSet result = new FieldSet();
    result.member = member && other.member;
    below.forEach(
        (step, set) -> {
          FieldSet same = other.below.get(step);
          if (same != null) {
            result.below.put(step, set.intersection(same));
          }
        });
    return result.compact();
  }

  /** The set with every named field included that leads to one of its places. */
  FieldSet withParents() {
    FieldSet result = copy();
    result.includeParents();
    return result;
  }

  private void includeParents() {
    below.forEach(
        (step, set) -> {
          set.includeParents();
          set.member |= step.startsWith("f:");
        });
  }

  /** Visits the places, each as a path such as {@code .data.a}. */
  void forEach(BiConsumer<String, FieldSet> visitor) {
    visit("", visitor);
  }

  private void visit(String path, BiConsumer<String, FieldSet> visitor) {
    if (member) {
      visitor.accept(path, this);
    }
    below.forEach((step, set) -> set.visit(path + FieldSteps.shown(step), visitor));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FieldSet set && set.member == member && set.below.equals(below);
  }

  @Override
  public int hashCode() {
    return below.hashCode() * 31 + Boolean.hashCode(member);
  }

  @Override
  public String toString() {
    return json().toString();
  }
}
