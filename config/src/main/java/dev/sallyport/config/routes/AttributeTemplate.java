package dev.sallyport.config.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text with places to be filled from the request, in the little of Go's template language that
 * makes sense here: {@code {{ .Value }}} for a value of a header or query parameter and {@code {{
 * .Path.name }}} for a segment of the path. Immutable.
 *
 * @param parts the text as it stands, and names to be looked up, by turns; the first is text
 */
public record AttributeTemplate(List<String> parts) {

  private static final String OPEN = "{{";
  private static final String CLOSE = "}}";
  private static final String VALUE = ".Value";
  private static final String PATH = ".Path.";

  /** No text at all. */
  public static final AttributeTemplate EMPTY = new AttributeTemplate(List.of(""));

  public AttributeTemplate {
    parts = List.copyOf(parts);
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException with what is wrong with it
   */
  public static AttributeTemplate parse(String text) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    int open;
    while ((open = text.indexOf(OPEN, at)) >= 0) {
      int close = text.indexOf(CLOSE, open);
      if (close < 0) {
        throw new IllegalArgumentException("opens with {{ and does not close");
      }
      parts.add(text.substring(at, open));
      parts.add(place(text.substring(open + OPEN.length(), close).strip()));
      at = close + CLOSE.length();
    }
    parts.add(text.substring(at));
    return new AttributeTemplate(parts);
  }

  private static String place(String action) {
    if (action.equals(VALUE)) {
      return action;
    }
    if (action.startsWith(PATH) && PathTemplate.name(action.substring(PATH.length()))) {
      return action;
    }
    throw new IllegalArgumentException(
        "expected {{ .Value }} or {{ .Path.name }}, and no other action");
  }

  /** Whether it asks for a header's or query parameter's value. */
  public boolean asksForValue() {
    return places().contains(VALUE);
  }

  /** The path's segments it asks for. */
  public List<String> segments() {
    return places().stream()
        .filter(place -> place.startsWith(PATH))
        .map(place -> place.substring(PATH.length()))
        .toList();
  }

  private List<String> places() {
    List<String> places = new ArrayList<>();
    for (int i = 1; i < parts.size(); i += 2) {
      places.add(parts.get(i));
    }
    return places;
  }

  /**
   * The text with its places filled; a segment that the path does not have is filled with nothing.
   */
  public String fill(String value, Map<String, String> segments) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      if (i % 2 == 0) {
        out.append(part);
      } else if (part.equals(VALUE)) {
        out.append(value);
      } else {
        @Nullable String segment = segments.get(part.substring(PATH.length()));
        out.append(segment == null ? "" : segment);
      }
    }
    return out.toString();
  }
}
