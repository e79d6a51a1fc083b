package dev.sallyport.proxy.headers;

import dev.sallyport.proxy.UpstreamException;
import java.nio.charset.StandardCharsets;

/** Text in header lines. */
final class HeaderText {

  private static final String TOKEN_MARKS = "!#$&'*+-.^_`|~";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private HeaderText() {}

  /**
   * The text itself.
   *
   * @throws UpstreamException for a control character, which would end the line
   */
  static String checked(String text) throws UpstreamException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == 0x7f) {
        throw new UpstreamException(
            UpstreamException.Kind.UNSPEAKABLE, "the caller's name cannot be told upstream", null);
      }
    }
    return text;
  }

  /**
   * A key as part of a header name: what is no lower-case token character is percent-encoded, so
   * that the receiver gets the key back as it was.
   */
  static String key(String key) {
    StringBuilder out = new StringBuilder(key.length() + 8);
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b > 0 && TOKEN_MARKS.indexOf(b) >= 0;
      if (plain) {
        out.append((char) b);
      } else {
        out.append('%').append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
      }
    }
    return out.toString();
  }
}
