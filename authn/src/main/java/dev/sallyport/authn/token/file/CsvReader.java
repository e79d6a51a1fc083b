package dev.sallyport.authn.token.file;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads CSV as Go does: values may be quoted, quotes inside are doubled, empty lines are skipped,
 * spaces count. For one thread, once.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class CsvReader {

  /**
   * @param line where the row begins, from 1
   */
  record Row(int line, List<String> values) {}

  /** The text is no CSV; says the line, never its content. */
  static final class CsvException extends Exception {
    private static final long serialVersionUID = 1L;

    CsvException(int line, String message) {
      super("line " + line + ": " + message);
    }
  }

  private final String text;
  private final List<Row> rows = new ArrayList<>();
  private int position;
  private int line = 1;

  private CsvReader(String text) {
    this.text = text;
  }

  static List<Row> read(String text) throws CsvException {
    CsvReader reader = new CsvReader(text);
    while (reader.position < text.length()) {
      reader.readLine();
    }
    return reader.rows;
  }

  private void readLine() throws CsvException {
    if (skipLineEnd()) {
      return;
    }
    int start = line;
    List<String> values = new ArrayList<>();
    boolean more = true;
    while (more) {
      boolean quoted = position < text.length() && text.charAt(position) == '"';
      values.add(quoted ? quoted() : plain());
      more = position < text.length() && text.charAt(position) == ',';
      if (more) {
        position++;
      }
    }
    if (position < text.length() && !skipLineEnd()) {
      throw new CsvException(line, "text behind a closing quote");
    }
    rows.add(new Row(start, values));
  }

  private String plain() throws CsvException {
    int start = position;
    while (position < text.length() && text.charAt(position) != ',' && !atLineEnd()) {
      if (text.charAt(position) == '"') {
        throw new CsvException(line, "a quote inside a value that is not quoted");
      }
      position++;
    }
    return text.substring(start, position);
  }

  private String quoted() throws CsvException {
    int start = line;
    StringBuilder value = new StringBuilder();
    position++;
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == '"') {
        position++;
        if (position == text.length() || text.charAt(position) != '"') {
          return value.toString();
        }
      } else if (c == '\r' && atLineEnd()) {
        position++; // a line end inside quotes is \n, however it was written
        continue;
      } else if (c == '\n') {
        line++;
      }
      value.append(c);
      position++;
    }
    throw new CsvException(start, "a quote that is not closed");
  }

  private boolean atLineEnd() {
    char c = text.charAt(position);
    return c == '\n'
        || (c == '\r' && (position + 1 == text.length() || text.charAt(position + 1) == '\n'));
  }

  private boolean skipLineEnd() {
    if (!atLineEnd()) {
      return false;
    }
    if (text.charAt(position) == '\r') {
      position++;
    }
    position++;
    line++;
    return true;
  }
}
