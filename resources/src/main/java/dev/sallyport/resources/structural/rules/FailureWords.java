package dev.sallyport.resources.structural.rules;

/** Why an evaluation failed, in the words that users of the API know. */
final class FailureWords {

  private static final String PREFACE = "evaluation error";

  private FailureWords() {}

  static String of(String reason) {
    String words = reason;
    // Each function that fails puts its preface and the place before what it was told.
    while (words.startsWith(PREFACE)) {
      int end = words.indexOf(": ");
      if (end < 0) {
        break;
      }
      words = words.substring(end + 2);
    }
    if (words.startsWith("key '")) {
      int end = words.indexOf("' is not present");
      return end < 0 ? words : "no such key: " + words.substring("key '".length(), end);
    }
    if (words.startsWith("Index out of bounds")) {
      return "i" + words.substring(1);
    }
    if (words.startsWith("No matching overload")) {
      return "no such overload";
    }
    return words.endsWith("/ by zero") ? "division by zero" : words;
  }
}
