package dev.sallyport.resources.codec.yaml;

/** Writes one text in the plainest style that reads back as the same text. */
final class ScalarWriter {

  /** Lines fold at the first space behind this column. */
  private static final int WIDTH = 80;

  private static final int INDENT = 2;

  private final YamlText out;
  private final int indent;
  private final boolean key;

  /**
   * @param indent the column of further lines
   * @param key whether it is a map's key, which stays on its line
   */
  ScalarWriter(YamlText out, int indent, boolean key) {
    this.out = out;
    this.indent = indent;
    this.key = key;
  }

  void write(String text) {
    ScalarShape shape = ScalarShape.of(text);
    boolean block = shape.multiline() && shape.blockAllowed() && !key;
    if (block) {
      literal(text);
    } else if (shape.multiline() || ScalarMeaning.isNotText(text)) {
      doubleQuoted(text);
    } else if (shape.plainAllowed()) {
      plain(text);
    } else if (shape.singleQuotedAllowed()) {
      singleQuoted(text);
    } else {
      doubleQuoted(text);
    }
  }

  private void plain(String text) {
    boolean afterSpace = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean space = c == ' ';
      boolean fold = space && !afterSpace && folds() && !spaceAt(text, i + 1);
      if (fold) {
        breakLine();
      } else {
        out.append(Character.toString(c));
      }
      afterSpace = space;
    }
  }

  private void singleQuoted(String text) {
    out.append("'");
    boolean afterSpace = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean space = c == ' ';
      boolean inside = i > 0 && i < text.length() - 1;
      if (space && !afterSpace && inside && folds() && !spaceAt(text, i + 1)) {
        breakLine();
      } else {
        out.append(c == '\'' ? "''" : Character.toString(c));
      }
      afterSpace = space;
    }
    out.append("'");
  }

  private void doubleQuoted(String text) {
    out.append("\"");
    boolean afterSpace = false;
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      boolean space = c == ' ';
      if (space && !afterSpace && folds() && i > 0 && next < text.length()) {
        breakLine();
        if (spaceAt(text, next)) {
          out.append("\\");
        }
      } else {
        doubleQuoted(c);
      }
      afterSpace = space;
      i = next;
    }
    out.append("\"");
  }

  private void doubleQuoted(int c) {
    String escape =
        switch (c) {
          case 0 -> "\\0";
          case 7 -> "\\a";
          case '\b' -> "\\b";
          case '\t' -> "\\t";
          case '\n' -> "\\n";
          case 0x0B -> "\\v";
          case '\f' -> "\\f";
          case '\r' -> "\\r";
          case 0x1B -> "\\e";
          case '"' -> "\\\"";
          case '\\' -> "\\\\";
          case 0x85 -> "\\N";
          case 0xA0 -> "\\_";
          default -> "";
        };
    if (!escape.isEmpty()) {
      out.append(escape);
    } else if (ScalarShape.isPrintable(c)) {
      out.append(c);
    } else {
      out.append(numericEscape(c));
    }
  }

  private static String numericEscape(int c) {
    if (c <= 0xFF) {
      return String.format("\\x%02X", c);
    }
    return c <= 0xFFFF ? String.format("\\u%04X", c) : String.format("\\U%08X", c);
  }

  private void literal(String text) {
    out.append("|");
    char first = text.charAt(0);
    if (first == ' ' || first == '\n') {
      out.append(Integer.toString(INDENT));
    }
    out.append(chomping(text));
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      String line = text.substring(start, end < 0 ? text.length() : end);
      out.newLine();
      if (!line.isEmpty()) {
        out.spaces(indent);
        out.append(line);
      }
      start = end < 0 ? text.length() : end + 1;
    }
  }

  /** Whether the text ends without a line break (-), with one, or with more (+). */
  private static String chomping(String text) {
    int length = text.length();
    if (text.charAt(length - 1) != '\n') {
      return "-";
    }
    return length == 1 || text.charAt(length - 2) == '\n' ? "+" : "";
  }

  private boolean folds() {
    return !key && out.column() > WIDTH;
  }

  private void breakLine() {
    out.newLine();
    out.spaces(indent);
  }

  private static boolean spaceAt(String text, int at) {
    return at < text.length() && text.charAt(at) == ' ';
  }
}
