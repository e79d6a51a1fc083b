package dev.sallyport.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A response's header lines in order. Mutable and meant for one thread; names are lower case, so
 * they fit both HTTP versions. Framing headers (content-length, transfer-encoding, connection,
 * date) are the writer's business.
 */
public final class ResponseHeaders {

  private final List<String> lines;

  public ResponseHeaders() {
    this(new ArrayList<>(8));
  }

  private ResponseHeaders(List<String> lines) {
    this.lines = lines;
  }

  /**
   * @param lines names in lower case and values, side by side; mutable, owned from now on
   */
  public static ResponseHeaders owning(List<String> lines) {
    return new ResponseHeaders(lines);
  }

  public ResponseHeaders add(String name, String value) {
    lines.add(name);
    lines.add(value);
    return this;
  }

  /** Replaces all lines of that name. */
  public ResponseHeaders set(String name, String value) {
    for (int i = lines.size() - 2; i >= 0; i -= 2) {
      if (lines.get(i).equals(name)) {
        lines.subList(i, i + 2).clear();
      }
    }
    return add(name, value);
  }

  public void forEach(BiConsumer<String, String> visitor) {
    for (int i = 0; i < lines.size(); i += 2) {
      visitor.accept(lines.get(i), lines.get(i + 1));
    }
  }
}
