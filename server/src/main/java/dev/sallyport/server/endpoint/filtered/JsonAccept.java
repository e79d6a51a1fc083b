package dev.sallyport.server.endpoint.filtered;

import dev.sallyport.api.Headers;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What of an Accept header is about JSON, in whatever form: objects, tables, metadata. */
final class JsonAccept {

  private static final String JSON = "application/json";

  private JsonAccept() {}

  /** The header to send, or null when the client takes no JSON. */
  static @Nullable String of(Headers headers) {
    String given = String.join(",", headers.all("accept"));
    if (given.isBlank()) {
      return JSON;
    }
    StringJoiner kept = new StringJoiner(",");
    for (int from = 0; from <= given.length(); ) {
      int comma = given.indexOf(',', from);
      int end = comma < 0 ? given.length() : comma;
      String json = json(given.substring(from, end).strip());
      if (json != null) {
        kept.add(json);
      }
      from = end + 1;
    }
    return kept.length() == 0 ? null : kept.toString();
  }

  private static @Nullable String json(String range) {
    int semicolon = range.indexOf(';');
    String type = semicolon < 0 ? range : range.substring(0, semicolon);
    String parameters = semicolon < 0 ? "" : range.substring(semicolon);
    return switch (type.strip().toLowerCase(Locale.ROOT)) {
      case JSON, "*/*", "application/*" -> JSON + parameters;
      default -> null;
    };
  }
}
