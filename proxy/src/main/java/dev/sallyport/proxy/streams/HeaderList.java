package dev.sallyport.proxy.streams;

import dev.sallyport.api.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A request's headers with some of them replaced. */
public final class HeaderList implements Headers {

  private final List<String> lines = new ArrayList<>();

  private HeaderList() {}

  /** All but those whose lower-case names begin with one of the prefixes. */
  public static HeaderList without(Headers headers, String... prefixes) {
    HeaderList kept = new HeaderList();
    headers.forEach(
        (name, value) -> {
          if (!begins(name.toLowerCase(Locale.ROOT), prefixes)) {
            kept.add(name, value);
          }
        });
    return kept;
  }

  /** The lines (names in lower case and values, side by side) without some. */
  public static List<String> without(List<String> lines, String... prefixes) {
    List<String> kept = new ArrayList<>(lines.size() + 4);
    for (int i = 0; i < lines.size(); i += 2) {
      if (!begins(lines.get(i), prefixes)) {
        kept.add(lines.get(i));
        kept.add(lines.get(i + 1));
      }
    }
    return kept;
  }

  /** The first value of that name (lower case) amid the lines, or "". */
  public static String first(List<String> lines, String name) {
    for (int i = 0; i < lines.size(); i += 2) {
      if (lines.get(i).equals(name)) {
        return lines.get(i + 1);
      }
    }
    return "";
  }

  private static boolean begins(String name, String... prefixes) {
    for (String prefix : prefixes) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  public HeaderList add(String name, String value) {
    lines.add(name);
    lines.add(value);
    return this;
  }

  @Override
  public @Nullable String first(String name) {
    for (int i = 0; i < lines.size(); i += 2) {
      if (lines.get(i).equalsIgnoreCase(name)) {
        return lines.get(i + 1);
      }
    }
    return null;
  }

  @Override
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(1);
    for (int i = 0; i < lines.size(); i += 2) {
      if (lines.get(i).equalsIgnoreCase(name)) {
        values.add(lines.get(i + 1));
      }
    }
    return values;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> visitor) {
    for (int i = 0; i < lines.size(); i += 2) {
      visitor.accept(lines.get(i), lines.get(i + 1));
    }
  }
}
