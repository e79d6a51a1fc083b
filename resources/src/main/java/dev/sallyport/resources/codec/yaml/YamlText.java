package dev.sallyport.resources.codec.yaml;

import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;

/** Text that knows its column, and how long it may become. */
final class YamlText {

  private final StringBuilder text = new StringBuilder();
  private final long longest;
  private int lineStart;

  YamlText(long longest) {
    this.longest = longest;
  }

  YamlText append(String more) {
    text.append(more);
    return this;
  }

  YamlText append(int codePoint) {
    text.appendCodePoint(codePoint);
    return this;
  }

  /**
   * @throws StatusException 406 when the text has grown beyond its limit
   */
  void newLine() {
    if (text.length() > longest) {
      throw new StatusException(
          new Status(
              406,
              Reason.NOT_ACCEPTABLE,
              "the object is nested too deeply to be written as YAML",
              null));
    }
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
