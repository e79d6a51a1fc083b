package dev.sallyport.resources.codec.protobuf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a message, by number and by JSON name. */
final class MessageLayout {

  /** How often a field's element stands in it. */
  enum Shape {
    SINGLE,
    LIST,
    MAP,
    /** A struct that is a message of its own here and part of the outer object in JSON. */
    EMBEDDED
  }

  /**
   * @param name as in JSON; "" for an embedded struct
   * @param element the element's type, see SchemaTable; "" for an embedded struct
   * @param embedded the embedded struct's layout, or null
   */
  record Field(
      int number, String name, Shape shape, String element, @Nullable MessageLayout embedded) {}

  private final List<Field> fields;
  private final Map<Integer, Field> byNumber = new HashMap<>();
  private final Map<String, Field> byName = new HashMap<>();

  MessageLayout(List<Field> fields) {
    this.fields = List.copyOf(fields);
    for (Field field : fields) {
      byNumber.put(field.number(), field);
      if (field.shape() != Shape.EMBEDDED) {
        byName.put(field.name(), field);
      }
    }
  }

  List<Field> fields() {
    return fields;
  }

  @Nullable Field number(int number) {
    return byNumber.get(number);
  }

  @Nullable Field name(String jsonName) {
    return byName.get(jsonName);
  }
}
