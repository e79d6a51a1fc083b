package dev.sallyport.proxy.http1;

import java.nio.charset.StandardCharsets;

/** The alphabets of RFC 9110, section 5.6. */
final class FieldSyntax {

  private static final boolean[] TOKEN = new boolean[128];

  static {
    for (char c = '0'; c <= '9'; c++) {
      TOKEN[c] = true;
    }
    for (char c = 'a'; c <= 'z'; c++) {
      TOKEN[c] = true;
      TOKEN[c - 32] = true;
    }
    for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
      TOKEN[c] = true;
    }
  }

  private FieldSyntax() {}

  /**
   * Where a field line's name ends.
   *
   * @throws MalformedResponse for a line without a name: a folded one, or one with blanks in it
   */
  static int nameEnd(byte[] line, int from, int to) {
    int at = from;
    while (at < to && line[at] >= 0 && TOKEN[line[at]]) {
      at++;
    }
    if (at == from || at == to || line[at] != ':') {
      throw new MalformedResponse("a header line has no name of its own");
    }
    return at;
  }

  /**
   * A field's value without the blanks around it; beyond ASCII it is UTF-8.
   *
   * @throws MalformedResponse for a control character
   */
  static String value(byte[] line, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && blank(line[from])) {
      from++;
    }
    while (to > from && blank(line[to - 1])) {
      to--;
    }
    return text(line, from, to);
  }

  /** Bytes as text, as in a value or a reason phrase. */
  static String text(byte[] line, int from, int to) {
    boolean ascii = visible(line, from, to);
    return new String(
        line, from, to - from, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }

  /** Whether all of it is ASCII; control characters are refused. */
  static boolean visible(byte[] line, int from, int to) {
    int all = 0;
    for (int i = from; i < to; i++) {
      byte b = line[i];
      all |= b;
      if (b >= 0 && b < ' ' && b != '\t' || b == 0x7f) {
        throw new MalformedResponse("a header value holds a control character");
      }
    }
    return all >= 0;
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\t';
  }
}
