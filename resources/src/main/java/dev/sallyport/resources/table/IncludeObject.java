package dev.sallyport.resources.table;

import org.jspecify.annotations.Nullable;

/** What a table's rows carry beside their cells: the query parameter {@code includeObject}. */
public enum IncludeObject {
  NONE,
  METADATA,
  OBJECT;

  /** The value of a parameter; METADATA for "", null for one that is none. */
  public static @Nullable IncludeObject of(String text) {
    return switch (text) {
      case "", "Metadata" -> METADATA;
      case "None" -> NONE;
      case "Object" -> OBJECT;
      default -> null;
    };
  }
}
