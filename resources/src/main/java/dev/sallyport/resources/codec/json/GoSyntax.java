package dev.sallyport.resources.codec.json;

import dev.sallyport.resources.codec.canonical.DecodeFailure;
import java.util.BitSet;

/**
 * Says what is wrong with JSON in the words of Go's scanner. Only for texts that were refused
 * already: it is not written for speed.
 */
final class GoSyntax {

  private final byte[] json;
  private final BitSet objects = new BitSet();
  private int depth;
  private int at;

  private GoSyntax(byte[] json) {
    this.json = json;
  }

  static DecodeFailure failure(byte[] json) {
    try {
      new GoSyntax(json).document();
    } catch (DecodeFailure found) {
      return found;
    }
    return new DecodeFailure("a number or string is longer than allowed");
  }

  static DecodeFailure unexpectedEnd() {
    return new DecodeFailure("unexpected end of JSON input");
  }

  private void document() {
    value();
    while (depth > 0) {
      member();
    }
    skipSpace();
    if (at < json.length) {
      throw invalid("after top-level value");
    }
  }

  /** What comes behind a value, or an opening, inside the innermost object or array. */
  private void member() {
    boolean object = objects.get(depth);
    byte end = (byte) (object ? '}' : ']');
    skipSpace();
    byte next = peek();
    if (next == end) {
      at++;
      depth--;
      return;
    }
    if (next != ',') {
      throw invalid(object ? "after object key:value pair" : "after array element");
    }
    at++;
    if (object) {
      key();
    }
    value();
  }

  private void key() {
    skipSpace();
    if (peek() != '"') {
      throw invalid("looking for beginning of object key string");
    }
    string();
    skipSpace();
    if (peek() != ':') {
      throw invalid("after object key");
    }
    at++;
  }

  /** A scalar, or an opening with its first member. */
  private void value() {
    skipSpace();
    byte first = peek();
    switch (first) {
      case '{' -> {
        open(true);
        skipSpace();
        if (peek() != '}') {
          key();
          value();
        }
      }
      case '[' -> {
        open(false);
        skipSpace();
        if (peek() != ']') {
          value();
        }
      }
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number(first);
    }
  }

  private void open(boolean object) {
    at++;
    depth++;
    if (depth > JsonInput.MAX_DEPTH) {
      throw new DecodeFailure("exceeded max depth");
    }
    objects.set(depth, object);
  }

  private void string() {
    at++;
    while (peek() != '"') {
      if (json[at] == '\\') {
        at++;
        escape();
      } else if (json[at] >= 0 && json[at] < ' ') {
        throw invalid("in string literal");
      } else {
        at++;
      }
    }
    at++;
  }

  private void escape() {
    if (peek() == 'u') {
      at++;
      for (int i = 0; i < 4; i++, at++) {
        if (Character.digit(peek(), 16) < 0) {
          throw invalid("in \\u hexadecimal character escape");
        }
      }
    } else if ("\"\\/bfnrt".indexOf(peek()) >= 0) {
      at++;
    } else {
      throw invalid("in string escape code");
    }
  }

  private void literal(String word) {
    for (int i = 0; i < word.length(); i++, at++) {
      if (peek() != word.charAt(i)) {
        throw invalid("in literal " + word + " (expecting '" + word.charAt(i) + "')");
      }
    }
  }

  private void number(byte first) {
    if (first == '-') {
      at++;
      if (!isDigit(peek())) {
        throw invalid("in numeric literal");
      }
    } else if (!isDigit(first)) {
      throw invalid("looking for beginning of value");
    }
    if (json[at] == '0') {
      at++;
    } else {
      digits();
    }
    if (at < json.length && json[at] == '.') {
      at++;
      if (!isDigit(peek())) {
        throw invalid("after decimal point in numeric literal");
      }
      digits();
    }
    exponent();
  }

  private void exponent() {
    if (at < json.length && (json[at] == 'e' || json[at] == 'E')) {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      if (!isDigit(peek())) {
        throw invalid("in exponent of numeric literal");
      }
      digits();
    }
  }

  private void digits() {
    while (at < json.length && isDigit(json[at])) {
      at++;
    }
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private void skipSpace() {
    while (at < json.length && " \t\r\n".indexOf(json[at]) >= 0) {
      at++;
    }
  }

  private byte peek() {
    if (at >= json.length) {
      throw unexpectedEnd();
    }
    return json[at];
  }

  private DecodeFailure invalid(String context) {
    return new DecodeFailure("invalid character " + quoted(peek() & 0xFF) + " " + context);
  }

  private static String quoted(int c) {
    return switch (c) {
      case '\'' -> "'\\''";
      case '\n' -> "'\\n'";
      case '\r' -> "'\\r'";
      case '\t' -> "'\\t'";
      case '\\' -> "'\\\\'";
      default ->
          c < ' ' || (c >= 0x7F && c <= 0xA0)
              ? String.format("'\\%s%02x'", c < 0x80 ? "x" : "u00", c)
              : "'" + (char) c + "'";
    };
  }
}
