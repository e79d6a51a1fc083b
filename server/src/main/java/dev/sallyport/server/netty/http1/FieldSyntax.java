package dev.sallyport.server.netty.http1;

import static dev.sallyport.server.netty.exchange.StatusResponse.badRequest;

import dev.sallyport.server.netty.exchange.HeaderLines;
import dev.sallyport.server.netty.exchange.LastCredential;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

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

  /** Where the token that starts at {@code from} ends. */
  static int tokenEnd(byte[] line, int from, int to) {
    int at = from;
    while (at < to && line[at] >= 0 && TOKEN[line[at]]) {
      at++;
    }
    return at;
  }

  /** Where the run of visible ASCII that starts at {@code from} ends. */
  static int visibleEnd(byte[] line, int from, int to) {
    int at = from;
    while (at < to && line[at] > ' ' && line[at] < 0x7f) {
      at++;
    }
    return at;
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\t';
  }

  /**
   * Adds the field of one line.
   *
   * @param last the connection's last credential, or null where none is expected
   * @throws dev.sallyport.api.StatusException when it is malformed
   */
  static void addField(HeaderLines to, byte[] line, int length, @Nullable LastCredential last) {
    int colon = tokenEnd(line, 0, length);
    if (colon == 0 || colon == length || line[colon] != ':') {
      throw badRequest("a header line has no name of its own");
    }
    int from = colon + 1;
    int end = length;
    while (from < end && blank(line[from])) {
      from++;
    }
    while (end > from && blank(line[end - 1])) {
      end--;
    }
    String name = KnownNames.of(line, colon);
    if (last != null && name.equalsIgnoreCase(LastCredential.HEADER)) {
      to.add(name, credential(line, from, end, last));
    } else {
      to.add(name, value(line, from, end));
    }
  }

  private static String credential(byte[] line, int from, int to, LastCredential last) {
    String known = last.known(line, from, to - from);
    if (known == null) {
      known = value(line, from, to);
      last.remember(line, from, to - from, known);
    }
    return known;
  }

  /** A header's value: no control bytes; beyond ASCII it is UTF-8. */
  private static String value(byte[] line, int from, int to) {
    int all = 0;
    for (int i = from; i < to; i++) {
      byte b = line[i];
      all |= b;
      if (b >= 0 && b < ' ' && b != '\t' || b == 0x7f) {
        throw badRequest("a header value holds a control character");
      }
    }
    return new String(
        line, from, to - from, all >= 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }
}
