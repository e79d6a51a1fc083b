package dev.sallyport.resources.codec.canonical;

import java.util.Base64;

/**
 * Checks base64 as Go's standard decoder does, so that a refusal names the same byte.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4648">RFC 4648, section 4</a>
 */
final class Base64Text {

  private Base64Text() {}

  /**
   * The text in its only form: without the line breaks that Go passes over.
   *
   * @throws DecodeFailure when the text is no padded standard base64
   */
  static String canonical(String text) {
    int at = 0;
    int inGroup = 0;
    boolean breaks = false;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\n' || c == '\r') {
        breaks = true;
      } else if (c == '=') {
        break;
      } else if (isDigit(c)) {
        inGroup = (inGroup + 1) & 3;
      } else {
        throw fault(at);
      }
    }
    checkEnd(text, at, inGroup);
    return breaks || at < text.length() ? writtenAnew(text) : text;
  }

  private static void checkEnd(String text, int padding, int inGroup) {
    if (padding == text.length()) {
      if (inGroup != 0) {
        throw fault(padding - inGroup);
      }
      return;
    }
    if (inGroup < 2) {
      throw fault(padding);
    }
    int at = padding + 1;
    if (inGroup == 2) {
      at = skipBreaks(text, at);
      if (at == text.length()) {
        throw fault(text.length());
      }
      if (text.charAt(at) != '=') {
        throw fault(at);
      }
      at++;
    }
    at = skipBreaks(text, at);
    if (at < text.length()) {
      throw fault(at);
    }
  }

  private static boolean isDigit(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/';
  }

  private static int skipBreaks(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r')) {
      at++;
    }
    return at;
  }

  /** Unused bits behind the last byte may be anything when read; they are written as zeros. */
  private static String writtenAnew(String text) {
    byte[] bytes = Base64.getDecoder().decode(text.replace("\n", "").replace("\r", ""));
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static DecodeFailure fault(int at) {
    return new DecodeFailure("illegal base64 data at input byte " + at);
  }
}
