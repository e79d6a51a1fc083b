package dev.sallyport.authn.configuration;

/** Faults in words. */
final class Told {
  private Told() {}

  /** A value and what would have been right. */
  static String wrong(String value, String expected) {
    return "\"" + value + "\" (expected: " + expected + ")";
  }

  static String missing(String expected) {
    return "missing (expected: " + expected + ")";
  }
}
