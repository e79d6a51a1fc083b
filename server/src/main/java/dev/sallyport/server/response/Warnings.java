package dev.sallyport.server.response;

import dev.sallyport.server.http.ResponseHeaders;
import java.util.List;

/**
 * Warning header lines, which kubectl prints.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7234#section-5.5">RFC 7234, section 5.5</a>
 */
public final class Warnings {

  private static final int LONGEST = 256;
  private static final int ALL_TOGETHER = 4096;

  private Warnings() {}

  public static void add(ResponseHeaders headers, String text) {
    headers.add("warning", "299 - " + quoted(text, LONGEST));
  }

  /** Adds all warnings, shortened when they are many and long. */
  public static void addAll(ResponseHeaders headers, List<String> texts) {
    int total = 0;
    for (String text : texts) {
      total += text.length();
    }
    int longest = total > ALL_TOGETHER ? LONGEST : ALL_TOGETHER;
    int left = ALL_TOGETHER;
    for (String text : texts) {
      if (left <= 0) {
        return;
      }
      headers.add("warning", "299 - " + quoted(text, longest));
      left -= Math.min(text.length(), longest);
    }
  }

  private static String quoted(String text, int longest) {
    StringBuilder line = new StringBuilder(text.length() + 2).append('"');
    int length = Math.min(text.length(), longest);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\');
      }
      line.append(c < 0x20 || c == 0x7f ? ' ' : c);
    }
    return line.append('"').toString();
  }
}
