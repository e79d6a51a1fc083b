package dev.sallyport.server.response;

import dev.sallyport.api.Headers;

/**
 * Whether an answer is sent compressed: large ones only, to clients that say so.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3">RFC 9110, section 12.5.3</a>
 */
public final class Compression {

  /** Up to that many bytes an answer is sent as it is, as kube-apiserver does. */
  public static final int THRESHOLD = 128 << 10;

  private Compression() {}

  /** Whether the client takes gzip. */
  public static boolean accepted(Headers headers) {
    String codings = headers.first("accept-encoding");
    if (codings == null) {
      return false;
    }
    int start = 0;
    while (start < codings.length()) {
      int comma = codings.indexOf(',', start);
      int end = comma < 0 ? codings.length() : comma;
      if (takes(codings.substring(start, end))) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  private static boolean takes(String coding) {
    int semicolon = coding.indexOf(';');
    String name = semicolon < 0 ? coding : coding.substring(0, semicolon);
    return name.strip().equalsIgnoreCase("gzip")
        && (semicolon < 0 || !refused(coding.substring(semicolon + 1)));
  }

  /** Whether a weight is zero, however many zeros it has. */
  private static boolean refused(String weight) {
    String text = weight.strip();
    if (!text.startsWith("q=0")) {
      return false;
    }
    for (int i = 3; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '.' && c != '0') {
        return false;
      }
    }
    return true;
  }
}
