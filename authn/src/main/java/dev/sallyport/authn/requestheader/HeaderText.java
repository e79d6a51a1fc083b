package dev.sallyport.authn.requestheader;

import dev.sallyport.api.HeaderBytes;

/** Text in header names. */
final class HeaderText {
  private HeaderText() {}

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
    return HeaderBytes.utf8(bytes.toString());
  }
}
