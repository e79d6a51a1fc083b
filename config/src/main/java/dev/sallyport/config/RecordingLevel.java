package dev.sallyport.config;

/** How much of a session is recorded; each one more than the one before. */
public enum RecordingLevel implements NamedChoice {
  NONE("none"),
  /** What the caller sees. */
  OUTPUT("output"),
  /** What the caller types too, passwords included. */
  ALL("all");

  private final String text;

  RecordingLevel(String text) {
    this.text = text;
  }

  @Override
  public String text() {
    return text;
  }

  /** The one that records more. */
  public RecordingLevel or(RecordingLevel other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
