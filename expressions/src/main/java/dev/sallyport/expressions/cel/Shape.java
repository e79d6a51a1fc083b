package dev.sallyport.expressions.cel;

import dev.sallyport.expressions.ValueType;
import dev.sallyport.expressions.ValueType.Bounded;
import dev.sallyport.expressions.ValueType.ListOf;
import dev.sallyport.expressions.ValueType.MapOf;
import dev.sallyport.expressions.ValueType.Simple;
import dev.sallyport.expressions.ValueType.Struct;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a value before it is there.
 *
 * @param size the largest it may have
 * @param declared its declared type, when it comes from a variable
 * @param part an item of the list or an entry of the map that an expression makes, when known
 */
record Shape(double size, @Nullable ValueType declared, @Nullable Shape part) {

  static final Shape UNKNOWN = new Shape(Double.POSITIVE_INFINITY, null, null);
  static final Shape ONE = new Shape(1, null, null);

  static Shape of(double size) {
    return new Shape(size, null, null);
  }

  static Shape of(@Nullable ValueType type) {
    return type == null ? UNKNOWN : new Shape(size(type), type, null);
  }

  private static double size(ValueType type) {
    if (type instanceof Bounded bounded) {
      return size(bounded.size());
    }
    if (type instanceof ListOf list) {
      return size(list.size());
    }
    if (type instanceof MapOf map) {
      return size(map.size());
    }
    if (type instanceof Simple simple) {
      return switch (simple) {
        case ANY, STRING, BYTES -> Double.POSITIVE_INFINITY;
        case BOOL, INT, DOUBLE, TIMESTAMP, DURATION -> 1;
      };
    }
    // An object of known fields is no more work than any other value; an optional tells nothing.
    return type instanceof Struct ? 1 : Double.POSITIVE_INFINITY;
  }

  private static double size(long size) {
    return size == ValueType.UNBOUNDED ? Double.POSITIVE_INFINITY : size;
  }

  Shape field(String name) {
    if (declared instanceof Struct struct) {
      return of(struct.fields().get(name));
    }
    return declared instanceof MapOf map ? of(map.value()) : part == null ? UNKNOWN : part;
  }

  /** What stands in a list, or behind the keys of a map. */
  Shape item() {
    if (declared instanceof ListOf list) {
      return of(list.item());
    }
    return declared instanceof MapOf map ? of(map.value()) : part == null ? UNKNOWN : part;
  }

  boolean isMap() {
    return declared instanceof MapOf;
  }

  /** Of one of two values. */
  Shape or(Shape other) {
    Shape inside = part == null || other.part == null ? null : part.or(other.part);
    ValueType type = declared != null && declared.equals(other.declared) ? declared : null;
    return new Shape(Math.max(size, other.size), type, inside);
  }
}
