package dev.sallyport.proxy.streams.recording;

import java.util.List;

/** Writes JSON on one line. */
final class Json {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private Json() {}

  /** Appends a quoted text. */
  static StringBuilder text(StringBuilder to, CharSequence text) {
    to.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> to.append("\\\"");
        case '\\' -> to.append("\\\\");
        case '\n' -> to.append("\\n");
        case '\r' -> to.append("\\r");
        case '\t' -> to.append("\\t");
        default -> {
          if (c < ' ' || c == 0x7f) {
            to.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
          } else {
            to.append(c);
          }
        }
      }
    }
    return to.append('"');
  }

  /** Appends a list of quoted texts. */
  static StringBuilder texts(StringBuilder to, List<String> texts) {
    to.append('[');
    for (int i = 0; i < texts.size(); i++) {
      text(i == 0 ? to : to.append(','), texts.get(i));
    }
    return to.append(']');
  }

  /** Appends a quoted name, a colon and a quoted text. */
  static StringBuilder field(StringBuilder to, String name, String value) {
    return text(text(to, name).append(':'), value);
  }
}
