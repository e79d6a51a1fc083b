package dev.sallyport.config.flags;

import java.util.ArrayList;
import java.util.List;

/**
 * Lists with commas as pflag's StringSlice reads them: one line of CSV, so that {@code a,"b,c"} is
 * two items and nothing is trimmed.
 */
public final class CommaList {
  private CommaList() {}

  /**
   * Takes a list apart.
   *
   * @throws IllegalArgumentException if a quote is not closed or stands in the middle of an item
   */
  public static List<String> parse(String text) {
    List<String> items = new ArrayList<>();
    if (text.isEmpty()) {
      return items;
    }
    int at = 0;
    while (true) {
      StringBuilder item = new StringBuilder();
      at = text.startsWith("\"", at) ? quoted(text, at + 1, item) : bare(text, at, item);
      items.add(item.toString());
      if (at == text.length()) {
        return items;
      }
      at++; // the comma
    }
  }

  /** Writes one item so that {@link #parse} gives it back whole. */
  public static String quote(String item) {
    boolean plain = item.indexOf(',') < 0 && item.indexOf('"') < 0 && !item.isEmpty();
    return plain ? item : '"' + item.replace("\"", "\"\"") + '"';
  }

  private static int bare(String text, int from, StringBuilder item) {
    int comma = text.indexOf(',', from);
    int end = comma < 0 ? text.length() : comma;
    item.append(text, from, end);
    if (item.indexOf("\"") >= 0) {
      throw new IllegalArgumentException(text);
    }
    return end;
  }

  private static int quoted(String text, int from, StringBuilder item) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        item.append(c);
      } else if (text.startsWith("\"", at)) {
        item.append('"');
        at++;
      } else if (at == text.length() || text.charAt(at) == ',') {
        return at;
      } else {
        throw new IllegalArgumentException(text);
      }
    }
    throw new IllegalArgumentException(text);
  }
}
