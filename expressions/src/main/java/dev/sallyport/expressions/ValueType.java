package dev.sallyport.expressions;

import java.util.Map;

/** How a variable of an expression is declared; mistakes are found when it is compiled. */
public sealed interface ValueType {

  /** The size of what has no bound. */
  long UNBOUNDED = Long.MAX_VALUE;

  /** Types without parts. */
  enum Simple implements ValueType {
    /** Known only when it is evaluated. */
    ANY,
    BOOL,
    INT,
    DOUBLE,
    STRING,
    BYTES,
    /** Its value is a {@link java.time.Instant}. */
    TIMESTAMP,
    /** Its value is a {@link java.time.Duration}. */
    DURATION
  }

  /**
   * A type without parts whose values have a largest size.
   *
   * @param size in characters or bytes
   */
  record Bounded(Simple type, long size) implements ValueType {}

  /**
   * A list whose items are all of one type.
   *
   * @param size of the longest one
   */
  record ListOf(ValueType item, long size) implements ValueType {
    public ListOf(ValueType item) {
      this(item, UNBOUNDED);
    }
  }

  /**
   * A map from strings; which keys there are is known only when it is evaluated.
   *
   * @param size of the largest one
   */
  record MapOf(ValueType value, long size) implements ValueType {
    public MapOf(ValueType value) {
      this(value, UNBOUNDED);
    }
  }

  /** A value that may be missing; it is a {@link java.util.Optional}. */
  record OptionalOf(ValueType value) implements ValueType {}

  /**
   * An object whose fields are known: any other field is a mistake. Its value is a map in which
   * fields may be missing; {@code has()} asks for them.
   *
   * @param name its name in messages, unique among the types of a compiler
   */
  record Struct(String name, Map<String, ValueType> fields) implements ValueType {
    public Struct {
      fields = Map.copyOf(fields);
    }
  }
}
