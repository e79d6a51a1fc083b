package dev.sallyport.server.endpoint.filtered;

import java.util.Arrays;

/**
 * Gathers the bytes of one JSON value out of pieces, and finds its end. It does not check the
 * value: whoever reads it does. For one thread.
 */
final class JsonValue {

  private static final int FIRST = 512;

  private final int most;
  private byte[] bytes = new byte[FIRST];
  private int length;
  private int depth;
  private boolean inText;
  private boolean escaped;
  private boolean complete;

  /**
   * @param most how many bytes a value may have
   */
  JsonValue(int most) {
    this.most = most;
  }

  /** Whether the value's end has been found. */
  boolean complete() {
    return complete;
  }

  /**
   * Takes what belongs to the value; the first byte of all is its first one.
   *
   * @return where it stopped: behind the value's end if that was there
   */
  int take(byte[] piece, int from, int to) throws UnreadableAnswer {
    int at = from;
    while (at < to && !complete) {
      byte next = piece[at];
      if (depth == 0 && !inText && ends(next)) {
        complete = true; // of a number or a word, whose end is not its own
      } else {
        follow(next);
        at++;
      }
    }
    keep(piece, from, at);
    return at;
  }

  private static boolean ends(byte next) {
    return next == ',' || next == '}' || next == ']' || JsonPieces.blank(next);
  }

  private void follow(byte next) {
    if (inText) {
      inText = escaped || next != '"';
      escaped = !escaped && next == '\\';
      complete = !inText && depth == 0;
    } else if (next == '"') {
      inText = true;
    } else if (next == '{' || next == '[') {
      depth++;
    } else if (next == '}' || next == ']') {
      complete = --depth == 0;
    }
  }

  private void keep(byte[] piece, int from, int to) throws UnreadableAnswer {
    int more = to - from;
    if (length + more > most) {
      throw new UnreadableAnswer("a value of more than " + most + " bytes");
    }
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
    System.arraycopy(piece, from, bytes, length, more);
    length += more;
  }

  /** The value's bytes; the next one begins. */
  byte[] next() {
    byte[] value = Arrays.copyOf(bytes, length);
    length = 0;
    complete = false;
    return value;
  }
}
