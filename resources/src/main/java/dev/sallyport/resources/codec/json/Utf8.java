package dev.sallyport.resources.codec.json;

import dev.sallyport.resources.codec.canonical.DecodeFailure;

/**
 * Refuses bytes that are no UTF-8: overlong forms, surrogates, what lies beyond Unicode, and a byte
 * order mark.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3629">RFC 3629</a>
 */
public final class Utf8 {

  private Utf8() {}

  /**
   * @throws DecodeFailure naming what is wrong
   */
  public static void check(byte[] bytes) {
    if (bytes.length > 2
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF) {
      throw new DecodeFailure("invalid character 'ï' looking for beginning of value");
    }
    int at = 0;
    while (at < bytes.length) {
      int length = bytes[at] >= 0 ? 1 : sequence(bytes, at);
      if (length == 0) {
        throw new DecodeFailure("invalid UTF-8 at byte " + at);
      }
      at += length;
    }
  }

  /** The length of the sequence that starts here, or 0 when it is none. */
  private static int sequence(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    int second = continuation(bytes, at + 1);
    if (second < 0 || first < 0xC2 || first > 0xF4) {
      return 0;
    }
    if (first < 0xE0) {
      return 2;
    }
    if (continuation(bytes, at + 2) < 0) {
      return 0;
    }
    if (first < 0xF0) {
      boolean overlong = first == 0xE0 && second < 0xA0;
      boolean surrogate = first == 0xED && second >= 0xA0;
      return overlong || surrogate ? 0 : 3;
    }
    boolean outside = (first == 0xF0 && second < 0x90) || (first == 0xF4 && second >= 0x90);
    return outside || continuation(bytes, at + 3) < 0 ? 0 : 4;
  }

  private static int continuation(byte[] bytes, int at) {
    return at < bytes.length && (bytes[at] & 0xC0) == 0x80 ? bytes[at] & 0xFF : -1;
  }
}
