package dev.sallyport.expressions;

import java.util.Map;

/** How a variable of an expression is declared; mistakes are found when it is compiled. */
public sealed interface ValueType {

  /** Types without parts. */
  enum Simple implements ValueType {
    /** Known only when it is evaluated. */
    ANY,
    BOOL,
    INT,
    STRING
  }

  /** A list whose items are all of one type. */
  record ListOf(ValueType item) implements ValueType {}

  /** A map from strings; which keys there are is known only when it is evaluated. */
  record MapOf(ValueType value) implements ValueType {}

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
