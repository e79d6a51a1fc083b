package dev.sallyport.api;

import java.util.List;

/**
 * One condition of a selector, in the words of access reviews.
 *
 * @param key the field or label
 * @param operator In, NotIn, Exists or DoesNotExist
 * @param values what In and NotIn compare with, in order; none for the others
 */
public record SelectorRequirement(String key, String operator, List<String> values) {
  public static final String IN = "In";
  public static final String NOT_IN = "NotIn";
  public static final String EXISTS = "Exists";
  public static final String DOES_NOT_EXIST = "DoesNotExist";

  public SelectorRequirement {
    values = List.copyOf(values);
  }
}
