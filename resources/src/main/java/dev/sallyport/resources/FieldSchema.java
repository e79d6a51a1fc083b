package dev.sallyport.resources;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of a {@link StructSchema}.
 *
 * @param name as in JSON
 * @param required whether an object without it is refused by clients' checks
 * @param presence what becomes of zero values when an object is written
 * @param defaultValue as published, or null; an object's defaults are not all published
 * @param enumValues the values published for it; empty for any
 * @param merge how patches treat it
 */
public record FieldSchema(
    String name,
    ObjectSchema schema,
    boolean required,
    Presence presence,
    @Nullable JsonNode defaultValue,
    List<String> enumValues,
    MergeRule merge) {

  public FieldSchema {
    enumValues = List.copyOf(enumValues);
  }

  /** When a field is written. */
  public enum Presence {
    /** Always: an absent list or map is null, an absent struct is {}, a scalar its zero. */
    ALWAYS,
    /** Always: null when it was not given. */
    ALWAYS_OR_NULL,
    /** Unless it is "", 0, false, an empty list or map. Structs are always written. */
    UNLESS_EMPTY,
    /** Whenever it was given, zero or not. */
    WHEN_SET
  }
}
