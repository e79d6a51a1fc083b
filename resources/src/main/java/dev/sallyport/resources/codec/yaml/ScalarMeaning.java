package dev.sallyport.resources.codec.yaml;

/** Whether a text without quotes would be read as something else than text. */
final class ScalarMeaning {

  private static final int DATE_DIGITS = 4;

  private ScalarMeaning() {}

  static boolean isNotText(String text) {
    if (text.isEmpty() || text.equals("<<")) {
      return true;
    }
    return switch (text) {
      case ".nan",
          ".NaN",
          ".NAN",
          ".inf",
          ".Inf",
          ".INF",
          "+.inf",
          "+.Inf",
          "+.INF",
          "-.inf",
          "-.Inf",
          "-.INF" ->
          true;
      default -> !YamlScalars.plain(text).isTextual() || isTimestamp(text) || isBase60(text);
    };
  }

  /** A date, perhaps with a time behind it. */
  private static boolean isTimestamp(String text) {
    int at = digits(text, 0);
    if (at != DATE_DIGITS || at == text.length() || text.charAt(at) != '-') {
      return false;
    }
    int month = digits(text, at + 1);
    if (!oneOrTwo(at + 1, month) || month == text.length() || text.charAt(month) != '-') {
      return false;
    }
    int day = digits(text, month + 1);
    if (!oneOrTwo(month + 1, day)) {
      return false;
    }
    return day == text.length() || isTime(text, day);
  }

  private static boolean isTime(String text, int at) {
    if ("Tt ".indexOf(text.charAt(at)) < 0) {
      return false;
    }
    int hour = digits(text, at + 1);
    boolean colon = hour < text.length() && text.charAt(hour) == ':';
    if (!oneOrTwo(at + 1, hour) || !colon) {
      return false;
    }
    int minute = digits(text, hour + 1);
    boolean second = minute < text.length() && text.charAt(minute) == ':';
    return oneOrTwo(hour + 1, minute) && second && digits(text, minute + 1) > minute + 1;
  }

  /** Numbers to the base of 60, such as 190:20:30, which YAML 1.1 knows. */
  private static boolean isBase60(String text) {
    int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    int end = digits(text, at);
    if (end == at || end == text.length() || text.charAt(end) != ':') {
      return false;
    }
    while (end < text.length() && text.charAt(end) == ':') {
      int next = digits(text, end + 1);
      if (!oneOrTwo(end + 1, next) || (next - end == 3 && text.charAt(end + 1) > '5')) {
        return false;
      }
      end = next;
    }
    return end == text.length()
        || (text.charAt(end) == '.' && digits(text, end + 1) == text.length());
  }

  private static boolean oneOrTwo(int from, int to) {
    return to - from == 1 || to - from == 2;
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
