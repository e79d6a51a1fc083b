package dev.sallyport.resources;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an object stands in a body. */
public enum BodyFormat {
  JSON("application/json"),
  YAML("application/yaml"),
  PROTOBUF("application/vnd.kubernetes.protobuf");

  private final String mediaType;

  BodyFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  /** The content type of a watch in this format. */
  public String streamType() {
    return this == JSON ? mediaType : mediaType + ";stream=watch";
  }

  /** The format of a media type (parameters are passed over), or null for another type. */
  public static @Nullable BodyFormat ofMediaType(String mediaType) {
    int semicolon = mediaType.indexOf(';');
    String type = (semicolon < 0 ? mediaType : mediaType.substring(0, semicolon)).strip();
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "application/json" -> JSON;
      case "application/yaml" -> YAML;
      case "application/vnd.kubernetes.protobuf" -> PROTOBUF;
      default -> null;
    };
  }
}
