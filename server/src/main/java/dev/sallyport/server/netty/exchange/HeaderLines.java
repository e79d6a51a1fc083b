package dev.sallyport.server.netty.exchange;

import dev.sallyport.api.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Header lines in the order they came, names and values side by side in one list. */
public final class HeaderLines implements Headers {

  private final ArrayList<String> lines = new ArrayList<>(24);

  public void add(String name, String value) {
    lines.add(name);
    lines.add(value);
  }

  public int count() {
    return lines.size() / 2;
  }

  public String name(int line) {
    return lines.get(2 * line);
  }

  public String value(int line) {
    return lines.get(2 * line + 1);
  }

  /** Names as they came and values, side by side. */
  public List<String> asList() {
    return lines;
  }

  @Override
  public @Nullable String first(String name) {
    for (int i = 0; i < lines.size(); i += 2) {
      if (same(lines.get(i), name)) {
        return lines.get(i + 1);
      }
    }
    return null;
  }

  @Override
  public List<String> all(String name) {
    List<String> found = List.of();
    for (int i = 0; i < lines.size(); i += 2) {
      if (same(lines.get(i), name)) {
        if (found.isEmpty()) {
          found = new ArrayList<>(2);
        }
        found.add(lines.get(i + 1));
      }
    }
    return found;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> visitor) {
    for (int i = 0; i < lines.size(); i += 2) {
      visitor.accept(lines.get(i), lines.get(i + 1));
    }
  }

  /** Names are tokens, so all their letters are ASCII. */
  private static boolean same(String a, String b) {
    return a.length() == b.length() && (a.equals(b) || a.equalsIgnoreCase(b));
  }
}
