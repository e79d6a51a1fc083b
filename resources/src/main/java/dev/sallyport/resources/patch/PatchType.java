package dev.sallyport.resources.patch;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of patches, told apart by their content type. */
public enum PatchType {
  JSON("application/json-patch+json"),
  MERGE("application/merge-patch+json"),
  STRATEGIC("application/strategic-merge-patch+json"),
  APPLY("application/apply-patch+yaml");

  private final String mediaType;

  PatchType(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  /** The type of a Content-Type value, its parameters passed over; null for another one. */
  public static @Nullable PatchType of(String contentType) {
    int semicolon = contentType.indexOf(';');
    String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "application/json-patch+json" -> JSON;
      case "application/merge-patch+json" -> MERGE;
      case "application/strategic-merge-patch+json" -> STRATEGIC;
      case "application/apply-patch+yaml" -> APPLY;
      default -> null;
    };
  }
}
