package dev.sallyport.server.response;

/** Text that clients sent, made fit for one line of a log. */
public final class LogText {

  private static final int LONGEST = 1024;

  private LogText() {}

  /** The text without anything that could end the line or steer a terminal, and cut. */
  public static String of(String sent) {
    int length = Math.min(sent.length(), LONGEST);
    for (int i = 0; i < length; i++) {
      if (unfit(sent.charAt(i))) {
        return replaced(sent, length);
      }
    }
    return length == sent.length() ? sent : sent.substring(0, length);
  }

  private static String replaced(String sent, int length) {
    StringBuilder fit = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char c = sent.charAt(i);
      fit.append(unfit(c) ? '?' : c);
    }
    return fit.toString();
  }

  private static boolean unfit(char c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == '\u2028' || c == '\u2029';
  }
}
