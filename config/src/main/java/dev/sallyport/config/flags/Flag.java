package dev.sallyport.config.flags;

import dev.sallyport.config.Faults;
import java.util.List;
import java.util.stream.Stream;

/**
 * One flag: its name, type, default and explanation, and what was given for it. Belongs to one
 * reading of one command line; for one thread.
 *
 * @param <T> the value
 */
public final class Flag<T> {
  private final String name;
  private final ValueType<T> type;
  private final String defaultText;
  private final String help;
  private final char shorthand;
  private List<String> given = List.of();
  private String origin = "";

  Flag(String name, char shorthand, ValueType<T> type, String defaultText, String help) {
    this.name = name;
    this.shorthand = shorthand;
    this.type = type;
    this.defaultText = defaultText;
    this.help = help;
  }

  /** Without dashes: {@code secure-port}. */
  public String name() {
    return name;
  }

  /** The one letter that also stands for it, or 0. */
  public char shorthand() {
    return shorthand;
  }

  public ValueType<T> type() {
    return type;
  }

  /** The default as one would type it; empty for none. */
  public String defaultText() {
    return defaultText;
  }

  public String help() {
    return help;
  }

  /** Whether anything was given, be it the default itself. */
  public boolean isSet() {
    return !given.isEmpty();
  }

  /** As one types it, and where it stands if that is not the command line. */
  public String label() {
    return "--" + name + origin;
  }

  /** What was given, as it was given. */
  public String text() {
    return isSet() ? String.join(",", given) : defaultText;
  }

  /** The value given, else the default; what is wrong becomes a fault and counts as not given. */
  public T read(Faults faults) {
    if (isSet()) {
      try {
        return type.parse().apply(given);
      } catch (IllegalArgumentException e) {
        faults.add(label(), text(), type.expected());
      }
    }
    return defaultValue();
  }

  /** Notes one more value. */
  void give(String value, String from) {
    origin = from;
    given =
        given.isEmpty() ? List.of(value) : Stream.concat(given.stream(), Stream.of(value)).toList();
  }

  private T defaultValue() {
    boolean many = type.arity() == ValueType.Arity.LIST || type.arity() == ValueType.Arity.ARRAY;
    return type.parse().apply(many && defaultText.isEmpty() ? List.of() : List.of(defaultText));
  }
}
