package dev.sallyport.resources.structural.value;

import java.util.Set;

/** Lengths of time: {@code 1h30m}, {@code -1.5s}, and with words as in {@code 22 ns}. */
final class Durations {

  private static final Set<String> SHORT = Set.of("ns", "us", "µs", "μs", "ms", "s", "m", "h");
  private static final Set<String> LONG =
      Set.of(
          "ns",
          "nano",
          "nanos",
          "nanosecond",
          "nanoseconds",
          "us",
          "µs",
          "micro",
          "micros",
          "microsecond",
          "microseconds",
          "ms",
          "milli",
          "millis",
          "millisecond",
          "milliseconds",
          "s",
          "sec",
          "secs",
          "second",
          "seconds",
          "m",
          "min",
          "mins",
          "minute",
          "minutes",
          "h",
          "hr",
          "hrs",
          "hour",
          "hours",
          "d",
          "day",
          "days",
          "w",
          "wk",
          "wks",
          "week",
          "weeks");

  private Durations() {}

  static boolean isDuration(String text) {
    return isSequence(text) || isWorded(text);
  }

  /** A sign, and numbers with their units without a gap. */
  private static boolean isSequence(String text) {
    int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    if (text.substring(at).equals("0")) {
      return true;
    }
    if (at == text.length()) {
      return false;
    }
    while (at < text.length()) {
      int unit = afterNumber(text, at);
      int end = afterUnit(text, unit);
      if (unit == at || !SHORT.contains(text.substring(unit, end))) {
        return false;
      }
      at = end;
    }
    return true;
  }

  /** One whole number, perhaps a gap, and a unit's name. */
  private static boolean isWorded(String text) {
    String trimmed = text.strip();
    int unit = 0;
    while (unit < trimmed.length() && isDigit(trimmed.charAt(unit))) {
      unit++;
    }
    return unit > 0 && LONG.contains(trimmed.substring(unit).strip());
  }

  private static int afterNumber(String text, int from) {
    int at = from;
    int digits = 0;
    int dots = 0;
    while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
      digits += text.charAt(at) == '.' ? 0 : 1;
      dots += text.charAt(at) == '.' ? 1 : 0;
      at++;
    }
    return digits > 0 && dots < 2 ? at : from;
  }

  private static int afterUnit(String text, int from) {
    int at = from;
    while (at < text.length() && !isDigit(text.charAt(at)) && text.charAt(at) != '.') {
      at++;
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
