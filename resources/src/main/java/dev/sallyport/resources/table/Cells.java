package dev.sallyport.resources.table;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * The cells of one row, ready as JSON but for ages, which depend on when they are read. Filled by
 * one thread, then only read.
 */
final class Cells {

  private static final String UNKNOWN = "<unknown>";
  static final String NONE = "<none>";

  private final List<Object> cells = new ArrayList<>();

  Cells text(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, json);
    cells.add(json.append('"').toString());
    return this;
  }

  /** The text, or {@code <none>} for an empty one. */
  Cells textOrNone(String text) {
    return text(text.isEmpty() ? NONE : text);
  }

  Cells number(long number) {
    cells.add(Long.toString(number));
    return this;
  }

  Cells flag(boolean flag) {
    cells.add(Boolean.toString(flag));
    return this;
  }

  /** A value that is JSON already. */
  Cells json(String value) {
    cells.add(value);
    return this;
  }

  /** No value at all. */
  Cells none() {
    return json("null");
  }

  /** How long ago an RFC 3339 time is; {@code <unknown>} without one. */
  Cells age(String time) {
    if (time.isEmpty()) {
      return text(UNKNOWN);
    }
    try {
      cells.add(Instant.parse(time));
      return this;
    } catch (DateTimeParseException e) {
      return text(UNKNOWN);
    }
  }

  /** Writes the cells as a JSON list. */
  void write(StringBuilder json, Instant now) {
    json.append('[');
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        json.append(',');
      }
      Object cell = cells.get(i);
      if (cell instanceof Instant since) {
        json.append('"').append(Age.between(since, now)).append('"');
      } else {
        json.append(cell);
      }
    }
    json.append(']');
  }
}
