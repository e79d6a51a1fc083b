package dev.sallyport.server.response;

import java.io.ByteArrayOutputStream;

/** Indents JSON for people, two spaces a level, without looking at what it means. */
final class JsonIndent {

  private final byte[] json;
  private final ByteArrayOutputStream out;
  private int depth;

  private JsonIndent(byte[] json) {
    this.json = json;
    this.out = new ByteArrayOutputStream(json.length * 2);
  }

  /**
   * @param json without white space between its tokens
   */
  static byte[] indent(byte[] json) {
    return new JsonIndent(json).run();
  }

  private byte[] run() {
    int i = 0;
    while (i < json.length) {
      byte b = json[i];
      if (b == '"') {
        i = string(i);
      } else {
        token(b, i + 1 < json.length ? json[i + 1] : 0, i > 0 ? json[i - 1] : 0);
        i++;
      }
    }
    return out.toByteArray();
  }

  private int string(int start) {
    int end = start + 1;
    while (json[end] != '"') {
      end += json[end] == '\\' ? 2 : 1;
    }
    out.write(json, start, end + 1 - start);
    return end + 1;
  }

  private void token(byte b, byte next, byte previous) {
    switch (b) {
      case '{', '[' -> {
        out.write(b);
        depth++;
        if (next != '}' && next != ']') {
          line();
        }
      }
      case '}', ']' -> {
        depth--;
        if (previous != '{' && previous != '[') {
          line();
        }
        out.write(b);
      }
      case ',' -> {
        out.write(b);
        line();
      }
      case ':' -> {
        out.write(b);
        out.write(' ');
      }
      default -> out.write(b);
    }
  }

  private void line() {
    out.write('\n');
    for (int i = 0; i < depth; i++) {
      out.write(' ');
      out.write(' ');
    }
  }
}
