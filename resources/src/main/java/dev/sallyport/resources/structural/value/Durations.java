package dev.sallyport.resources.structural.value;

import dev.sallyport.config.flags.GoDuration;
import java.math.BigDecimal;
import java.time.Duration;

/** Lengths of time: {@code 1h30m}, {@code -1.5s}, and with words as in {@code 22 ns}. */
public final class Durations {

  private Durations() {}

  static boolean isDuration(String text) {
    try {
      var unused = parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException when it is no length of time
   */
  public static Duration parse(String text) {
    String trimmed = text.strip();
    int digits = 0;
    while (digits < trimmed.length() && isDigit(trimmed.charAt(digits))) {
      digits++;
    }
    long unit = nanos(trimmed.substring(digits).strip());
    if (digits == 0 || digits > 18 || unit == 0) {
      return GoDuration.parse(text);
    }
    BigDecimal number = new BigDecimal(trimmed.substring(0, digits));
    return Duration.ofNanos(number.multiply(BigDecimal.valueOf(unit)).longValue());
  }

  /** A unit by any of its names; 0 for what is none. */
  private static long nanos(String unit) {
    return switch (unit) {
      case "ns", "nano", "nanos", "nanosecond", "nanoseconds" -> 1;
      case "us", "µs", "micro", "micros", "microsecond", "microseconds" -> 1_000;
      case "ms", "milli", "millis", "millisecond", "milliseconds" -> 1_000_000;
      case "s", "sec", "secs", "second", "seconds" -> 1_000_000_000;
      case "m", "min", "mins", "minute", "minutes" -> 60_000_000_000L;
      case "h", "hr", "hrs", "hour", "hours" -> 3_600_000_000_000L;
      case "d", "day", "days" -> 86_400_000_000_000L;
      case "w", "wk", "wks", "week", "weeks" -> 604_800_000_000_000L;
      default -> 0;
    };
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
