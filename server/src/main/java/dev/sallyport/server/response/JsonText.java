package dev.sallyport.server.response;

import java.nio.charset.StandardCharsets;

/**
 * Writes JSON by hand, for small answers on the hot path. Strings are escaped as Go's encoder does,
 * {@code <}, {@code >} and {@code &} included, so that no answer is ever read as a page. One
 * thread.
 */
public final class JsonText {

  private static final String HEX = "0123456789abcdef";

  private final StringBuilder text = new StringBuilder(256);

  /** Adds JSON as it is. */
  public JsonText raw(String json) {
    text.append(json);
    return this;
  }

  public JsonText raw(char c) {
    text.append(c);
    return this;
  }

  public JsonText number(long value) {
    text.append(value);
    return this;
  }

  /** Adds a string with its quotes. */
  public JsonText string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      character(value.charAt(i));
    }
    text.append('"');
    return this;
  }

  public byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void character(char c) {
    switch (c) {
      case '"' -> text.append("\\\"");
      case '\\' -> text.append("\\\\");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      case '<', '>', '&', '\u2028', '\u2029', 0x7f -> escaped(c);
      default -> {
        if (c < 0x20) {
          escaped(c);
        } else {
          text.append(c);
        }
      }
    }
  }

  private void escaped(char c) {
    text.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      text.append(HEX.charAt((c >> shift) & 0xf));
    }
  }
}
