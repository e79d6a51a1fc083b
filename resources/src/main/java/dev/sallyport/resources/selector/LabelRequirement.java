package dev.sallyport.resources.selector;

import dev.sallyport.api.Quoted;
import dev.sallyport.api.SelectorRequirement;
import java.util.Map;
import java.util.Optional;
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

  /**
   * Checks a requirement of an access review.
   *
   * @param operator In, NotIn, Exists or DoesNotExist
   * @throws SelectorSyntaxException when it is none, or its values do not fit
   */
  public static LabelRequirement of(SelectorRequirement described) {
    Operator operator =
        switch (described.operator()) {
          case SelectorRequirement.IN -> Operator.IN;
          case SelectorRequirement.NOT_IN -> Operator.NOT_IN;
          case SelectorRequirement.EXISTS -> Operator.EXISTS;
          case SelectorRequirement.DOES_NOT_EXIST -> Operator.DOES_NOT_EXIST;
          default ->
              throw new SelectorSyntaxException(
                  Quoted.of(described.operator()) + " is not a valid label selector operator");
        };
    LabelSelectorParser.check(described.key(), operator, described.values());
    return new LabelRequirement(described.key(), operator, Set.copyOf(described.values()));
  }

  /** In the words of access reviews; empty for a comparison of numbers. */
  Optional<SelectorRequirement> described() {
    return switch (operator) {
      case IN -> Optional.of(described(SelectorRequirement.IN));
      case NOT_IN -> Optional.of(described(SelectorRequirement.NOT_IN));
      case EXISTS -> Optional.of(described(SelectorRequirement.EXISTS));
      case DOES_NOT_EXIST -> Optional.of(described(SelectorRequirement.DOES_NOT_EXIST));
      case GREATER_THAN, LESS_THAN -> Optional.empty();
    };
  }

  private SelectorRequirement described(String word) {
    return new SelectorRequirement(key, word, values.stream().sorted().toList());
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
