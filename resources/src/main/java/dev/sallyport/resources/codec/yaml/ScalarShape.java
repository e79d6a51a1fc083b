package dev.sallyport.resources.codec.yaml;

/**
 * Which styles a text can be written in, by YAML's rules of indicators, spaces and breaks.
 *
 * @param multiline whether it holds line breaks
 * @param plainAllowed without quotes
 * @param singleQuotedAllowed in single quotes
 * @param blockAllowed as a literal block
 * @see <a href="https://yaml.org/spec/1.1/#id903915">YAML 1.1, flow scalar styles</a>
 */
record ScalarShape(
    boolean multiline, boolean plainAllowed, boolean singleQuotedAllowed, boolean blockAllowed) {

  private static final String FIRST_INDICATORS = "#,[]{}&*!|>'\"%@`";

  static ScalarShape of(String text) {
    if (text.isEmpty()) {
      return new ScalarShape(false, false, true, false);
    }
    Scan scan = new Scan();
    scan.run(text);
    boolean edges = isBlank(text.charAt(0)) || isBlank(text.charAt(text.length() - 1));
    boolean unfit = scan.special || scan.spaceBeforeBreak;
    boolean trailingSpace = text.charAt(text.length() - 1) == ' ';
    return new ScalarShape(
        scan.breaks,
        !edges && !unfit && !scan.breaks && !scan.indicators && !scan.spaceAfterBreak,
        !unfit && !scan.spaceAfterBreak,
        !unfit && !trailingSpace);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\n';
  }

  private static final class Scan {
    private boolean breaks;
    private boolean special;
    private boolean indicators;
    private boolean spaceBeforeBreak;
    private boolean spaceAfterBreak;

    void run(String text) {
      indicators = text.startsWith("---") || text.startsWith("...");
      boolean afterBlank = true;
      int i = 0;
      while (i < text.length()) {
        int c = text.codePointAt(i);
        int next = i + Character.charCount(c);
        boolean beforeBlank = next == text.length() || " \t\n\r".indexOf(text.charAt(next)) >= 0;
        indicators |= isIndicator(c, i == 0, afterBlank, beforeBlank);
        if (c == '\n') {
          breaks = true;
          spaceBeforeBreak |= i > 0 && text.charAt(i - 1) == ' ';
        } else if (c == ' ') {
          spaceAfterBreak |= i > 0 && text.charAt(i - 1) == '\n';
        } else {
          special |= !isPrintable(c);
        }
        afterBlank = c == ' ' || c == '\t' || c == '\n';
        i = next;
      }
    }

    private static boolean isIndicator(
        int c, boolean first, boolean afterBlank, boolean beforeBlank) {
      if (c == ':') {
        return beforeBlank;
      }
      if (first) {
        return FIRST_INDICATORS.indexOf(c) >= 0 || ((c == '?' || c == '-') && beforeBlank);
      }
      return c == '#' && afterBlank;
    }
  }

  /** Whether it may stand there unescaped; a tab may not. */
  static boolean isPrintable(int c) {
    return (c >= 0x20 && c <= 0x7E)
        || (c > 0xA0 && c < 0xD800 && c != 0x2028 && c != 0x2029)
        || (c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF)
        || c >= 0x10000;
  }
}
