package dev.sallyport.authn.requestheader;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text in header names and values, which carry bytes. */
final class HeaderText {
  private HeaderText() {}

  /** A value whose characters are bytes, as UTF-8 if they are that. */
  static String decode(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 0x7f) {
        return decodeBytes(value);
      }
    }
    return value;
  }

  private static String decodeBytes(String value) {
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

  /** Percent-decodes an extra key; a malformed one is taken as it stands. */
  static String unescape(String key) {
    if (key.indexOf('%') < 0) {
      return key;
    }
    StringBuilder bytes = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c != '%') {
        bytes.append(c);
        continue;
      }
      int high = i + 2 < key.length() ? Character.digit(key.charAt(i + 1), 16) : -1;
      int low = i + 2 < key.length() ? Character.digit(key.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        return key;
      }
      bytes.append((char) (high << 4 | low));
      i += 2;
    }
    return decode(bytes.toString());
  }
}
