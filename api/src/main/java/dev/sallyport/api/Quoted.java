package dev.sallyport.api;

import java.util.List;

/**
 * Text in double quotes with its control characters escaped, the way Kubernetes' messages quote
 * names and values. Keeps printable text of any script as it is.
 */
public final class Quoted {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private Quoted() {}

  public static String of(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2);
    append(out, text);
    return out.toString();
  }

  /** A list as {@code ["a" "b"]}. */
  public static String of(List<String> texts) {
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < texts.size(); i++) {
      if (i > 0) {
        out.append(' ');
      }
      append(out, texts.get(i));
    }
    return out.append(']').toString();
  }

  public static void append(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      appendPoint(out, point);
      i += Character.charCount(point);
    }
    out.append('"');
  }

  private static void appendPoint(StringBuilder out, int point) {
    if (point == '"' || point == '\\') {
      out.append('\\').append((char) point);
    } else if (point >= 0x20 && point < 0x7f) {
      out.append((char) point);
    } else if (point < 0x20 || point == 0x7f) {
      appendControl(out, point);
    } else if (printable(point)) {
      out.appendCodePoint(point);
    } else {
      appendHex(
          out.append(point > 0xffff ? "\\U" : "\\u"),
          loneSurrogate(point) ? 0xfffd : point,
          point > 0xffff ? 8 : 4);
    }
  }

  private static void appendControl(StringBuilder out, int point) {
    switch (point) {
      case 7 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 11 -> out.append("\\v");
      default -> appendHex(out.append("\\x"), point, 2);
    }
  }

  private static boolean printable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static boolean loneSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  private static void appendHex(StringBuilder out, int value, int digits) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      out.append(HEX[(value >> shift) & 0xf]);
    }
  }
}
