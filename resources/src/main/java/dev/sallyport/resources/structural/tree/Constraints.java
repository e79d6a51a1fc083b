package dev.sallyport.resources.structural.tree;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a schema asks of values beyond their type. Counts are {@link #NONE} where nothing is asked.
 *
 * @param format "" for none and for those that nobody knows
 * @param pattern found anywhere in the text, or null
 * @param choices of enum; empty for any
 * @param not or null
 */
public record Constraints(
    String format,
    @Nullable Range range,
    long minLength,
    long maxLength,
    @Nullable Regex pattern,
    long minItems,
    long maxItems,
    boolean uniqueItems,
    long minProperties,
    long maxProperties,
    List<JsonNode> choices,
    List<String> required,
    List<SchemaNode> allOf,
    List<SchemaNode> anyOf,
    List<SchemaNode> oneOf,
    @Nullable SchemaNode not) {

  /** No bound. */
  public static final long NONE = -1;

  /**
   * Bounds of a number.
   *
   * @param multipleOf or null
   */
  public record Range(
      @Nullable Double minimum,
      boolean minimumExcluded,
      @Nullable Double maximum,
      boolean maximumExcluded,
      @Nullable Double multipleOf) {}
}
