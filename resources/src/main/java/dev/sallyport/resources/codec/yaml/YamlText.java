package dev.sallyport.resources.codec.yaml;

/** Text that knows its column. */
final class YamlText {

  private final StringBuilder text = new StringBuilder();
  private int lineStart;

  YamlText append(String more) {
    text.append(more);
    return this;
  }

  YamlText append(int codePoint) {
    text.appendCodePoint(codePoint);
    return this;
  }

  void newLine() {
    text.append('\n');
    lineStart = text.length();
  }

  void spaces(int count) {
    for (int i = 0; i < count; i++) {
      text.append(' ');
    }
  }

  int column() {
    return text.length() - lineStart;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
