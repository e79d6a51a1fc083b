package dev.sallyport.resources.selector;

import java.util.Map;
import java.util.Set;

/**
 * One condition on one label.
 *
 * @param values what the operator compares with; empty for EXISTS and DOES_NOT_EXIST
 */
public record LabelRequirement(String key, Operator operator, Set<String> values) {

  /** How a label is compared. */
  public enum Operator {
    IN,
    NOT_IN,
    EXISTS,
    DOES_NOT_EXIST,
    GREATER_THAN,
    LESS_THAN
  }

  public LabelRequirement {
    values = Set.copyOf(values);
  }

  public boolean matches(Map<String, String> labels) {
    String value = labels.get(key);
    return switch (operator) {
      case IN -> value != null && values.contains(value);
      case NOT_IN -> value == null || !values.contains(value);
      case EXISTS -> value != null;
      case DOES_NOT_EXIST -> value == null;
      case GREATER_THAN -> value != null && compare(value) > 0;
      case LESS_THAN -> value != null && compare(value) < 0;
    };
  }

  /** The label against the bound, or 0 (which neither operator accepts) for what is no number. */
  private int compare(String value) {
    try {
      return Long.compare(Long.parseLong(value), Long.parseLong(values.iterator().next()));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
