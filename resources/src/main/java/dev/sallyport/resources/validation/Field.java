package dev.sallyport.resources.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sallyport.api.Quoted;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A field of an object that is being checked: its value, its path as faults name it, and where the
 * faults go. What several kinds check in the same way stands here, so that it is said in the same
 * words. For one validation on one thread.
 *
 * <p>The checks pass over a field that is not there, unless they say otherwise.
 */
public final class Field {

  private static final String NEGATIVE = "must be greater than or equal to 0";

  private final JsonNode node;
  private final String path;
  private final Faults faults;

  private Field(JsonNode node, String path, Faults faults) {
    // What is null was not given.
    this.node = node.isNull() ? MissingNode.getInstance() : node;
    this.path = path;
    this.faults = faults;
  }

  /** The whole object. */
  public static Field root(JsonNode object, Faults faults) {
    return new Field(object, "", faults);
  }

  /**
   * @param path of the value in its object, "" for the object itself
   */
  public static Field of(JsonNode value, String path, Faults faults) {
    return new Field(value, path, faults);
  }

  /** A member; its value is missing when the object or the member is. */
  public Field at(String member) {
    return new Field(node.path(member), path.isEmpty() ? member : path + "." + member, faults);
  }

  /** As {@link #at}, one member inside the other. */
  public Field at(String member, String... inner) {
    Field field = at(member);
    for (String name : inner) {
      field = field.at(name);
    }
    return field;
  }

  /** An item of a list. */
  public Field item(int index) {
    return new Field(node.path(index), path + "[" + index + "]", faults);
  }

  /** An entry of a map. */
  public Field entry(String key) {
    return new Field(node.path(key), path + "[" + key + "]", faults);
  }

  /** Another value at the same place, such as the old one. */
  public Field with(JsonNode other) {
    return new Field(other, path, faults);
  }

  public JsonNode node() {
    return node;
  }

  public String path() {
    return path;
  }

  public Faults faults() {
    return faults;
  }

  /** The value as a text; "" when there is none. */
  public String text() {
    return node.asText();
  }

  /** The value as a number; 0 when there is none. */
  public long number() {
    return node.asLong();
  }

  public boolean isTrue() {
    return node.asBoolean();
  }

  /** Whether the object has the field, even if its value is empty. */
  public boolean present() {
    return !(node instanceof MissingNode);
  }

  /** Whether there is no value, or an empty text, list or map. */
  public boolean isEmpty() {
    return node.isTextual()
        ? node.textValue().isEmpty()
        : !present() || (node.isContainerNode() && node.isEmpty());
  }

  public int size() {
    return node.size();
  }

  /** Refuses more items than that. */
  public void atMost(int limit) {
    if (size() > limit) {
      tooMany(limit);
    }
  }

  /** Refuses a longer text. */
  public void noLongerThan(int limit) {
    if (text().length() > limit) {
      tooLong(limit);
    }
  }

  /** Whether the value is that text. */
  public boolean says(String text) {
    return node.isTextual() && node.textValue().equals(text);
  }

  /** Tells the items of a list, in order. */
  public void each(Consumer<Field> check) {
    for (int i = 0; i < node.size(); i++) {
      check.accept(item(i));
    }
  }

  /** Tells the keys of a map with their entries. */
  public void entries(Consumer<Map.Entry<String, Field>> check) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      check.accept(Map.entry(entry.getKey(), entry(entry.getKey())));
    }
  }

  // What is wrong with it.

  public void required(String detail) {
    faults.required(path, detail);
  }

  /** The value is wrong; a missing one shows as an empty text. */
  public void invalid(String detail) {
    faults.invalid(path, present() ? node : TextNode.valueOf(""), detail);
  }

  /** As {@link #invalid(String)}; a missing value shows as null. */
  public void invalidOrNull(String detail) {
    faults.invalid(path, present() ? node : null, detail);
  }

  /** As {@link #invalid(String)}, without showing the value. */
  public void invalidUnshown(String detail) {
    faults.invalidUnshown(path, detail);
  }

  /** As {@link #invalid(String)}, with another value shown. */
  public void invalid(String shown, String detail) {
    faults.invalid(path, shown, detail);
  }

  public void forbidden(String detail) {
    faults.forbidden(path, detail);
  }

  public void duplicate() {
    faults.duplicate(path, text());
  }

  /** Nothing of that name is there. */
  public void notFound() {
    faults.notFound(path, text());
  }

  public void tooLong(int limit) {
    faults.tooLong(path, limit);
  }

  public void tooMany(int limit) {
    faults.tooMany(path, size(), limit);
  }

  public void unsupported(String... supported) {
    faults.unsupported(path, text(), supported);
  }

  // What must hold.

  /** Refuses a missing or empty value; says whether there is one. */
  public boolean given() {
    return given("");
  }

  /** As {@link #given()}, with more to say. */
  public boolean given(String detail) {
    if (isEmpty()) {
      required(detail);
      return false;
    }
    return true;
  }

  /** Refuses what is none of the values, and a missing one as required. */
  public void oneOf(String... values) {
    if (given()) {
      oneOfIfSet(values);
    }
  }

  /** Refuses what is none of the values, but for an empty one. */
  public void oneOfIfSet(String... values) {
    if (!isEmpty() && !Arrays.asList(values).contains(text())) {
      unsupported(values);
    }
  }

  /** Refuses each fault that the rule finds in the text; also of an empty one. */
  public boolean is(Function<String, List<String>> rule) {
    List<String> found = rule.apply(text());
    faults.invalid(path, text(), found);
    return found.isEmpty();
  }

  /** As {@link #is}, but an empty text is fine. */
  public void isIfSet(Function<String, List<String>> rule) {
    if (!isEmpty()) {
      is(rule);
    }
  }

  /** As {@link #is}, but an empty text is missing. */
  public boolean givenAndIs(Function<String, List<String>> rule) {
    return given() && is(rule);
  }

  public void nonNegative() {
    if (number() < 0) {
      invalid(NEGATIVE);
    }
  }

  /** As {@link #nonNegative()}, for members. */
  public void nonNegative(String... members) {
    for (String member : members) {
      at(member).nonNegative();
    }
  }

  public void positive() {
    if (present() && number() <= 0) {
      invalid("must be greater than 0");
    }
  }

  public void between(long least, long most) {
    if (present() && (number() < least || number() > most)) {
      invalid("must be between " + least + " and " + most + ", inclusive");
    }
  }

  /** A port's number; a missing one is 0 and refused. */
  public void port() {
    if (number() < 1 || number() > 65_535) {
      faults.invalid(path, number(), "must be between 1 and 65535, inclusive");
    }
  }

  /** A number that is not negative or a share of at most the whole, such as 3 or "25%". */
  public void intOrPercent() {
    IntOrPercent.check(this);
  }

  /** A port's number or its name. */
  public void portOrName() {
    if (node.isNumber()) {
      port();
    } else {
      is(Names::portName);
    }
  }

  /** A quantity that is not negative. */
  public void nonNegativeQuantity() {
    if (present() && Quantity.of(text()).signum() < 0) {
      invalid(NEGATIVE);
    }
  }

  /** A map of labels. */
  public void labels() {
    MetadataValidation.labels(node, path, faults);
  }

  /** A map of annotations. */
  public void annotations() {
    MetadataValidation.annotations(node, path, faults);
  }

  /** A label selector: {@code matchLabels} and {@code matchExpressions}. */
  public void labelSelector() {
    Selectors.check(this);
  }

  public void ip() {
    is(Addresses::ip);
  }

  public void cidr() {
    is(Addresses::cidr);
  }

  /** Refuses another value than the old one; says whether it is the same. */
  public boolean unchangedFrom(JsonNode old) {
    return unchangedFrom(old, "field is immutable");
  }

  /** As {@link #unchangedFrom(JsonNode)}, in other words. */
  public boolean unchangedFrom(JsonNode old, String detail) {
    if (Contents.same(node, old)) {
      return true;
    }
    invalid(detail);
    return false;
  }

  /** As {@link #unchangedFrom(JsonNode)}, for members. */
  public void unchangedIn(JsonNode old, String... members) {
    for (String member : members) {
      at(member).unchangedFrom(old.path(member));
    }
  }

  /** Whether two values mean the same; a missing one is no other than an empty one. */
  public static boolean same(JsonNode one, JsonNode other) {
    return Contents.same(one, other);
  }

  @Override
  public String toString() {
    return path + ": " + Quoted.of(node.toString());
  }
}
