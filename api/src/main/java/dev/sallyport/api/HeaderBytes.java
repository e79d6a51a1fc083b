package dev.sallyport.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Header values that carry text in UTF-8. HTTP knows only their bytes. */
public final class HeaderBytes {

  private HeaderBytes() {}

  /** A value whose characters are bytes, as UTF-8 if they are that, else as it is. */
  public static String utf8(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 0x7f) {
        return decode(value);
      }
    }
    return value;
  }

  private static String decode(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 0xff) {
        return value; // no bytes: decoded already
      }
    }
    byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return value;
    }
  }
}
