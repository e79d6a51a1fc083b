package dev.sallyport.resources.structural.rules;

import java.math.BigDecimal;
import java.time.Duration;

/** Reads lengths of time such as {@code 1h30m}, {@code -1.5s} and {@code 3 days}. */
final class DurationText {

  private DurationText() {}

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Duration parse(String text) {
    String rest = text.strip();
    boolean negative = rest.startsWith("-");
    int at = negative || rest.startsWith("+") ? 1 : 0;
    Duration sum = Duration.ZERO;
    while (at < rest.length()) {
      int unit = at;
      while (unit < rest.length() && "0123456789.".indexOf(rest.charAt(unit)) >= 0) {
        unit++;
      }
      int end = unit;
      while (end < rest.length() && "0123456789.".indexOf(rest.charAt(end)) < 0) {
        end++;
      }
      BigDecimal number = new BigDecimal(rest.substring(at, unit));
      sum = sum.plus(times(number, nanos(rest.substring(unit, end).strip())));
      at = end;
    }
    return negative ? sum.negated() : sum;
  }

  private static Duration times(BigDecimal number, long nanos) {
    BigDecimal all = number.multiply(BigDecimal.valueOf(nanos));
    return Duration.ofNanos(all.longValue());
  }

  private static long nanos(String unit) {
    return switch (unit) {
      // Nothing has no unit.
      case "", "ns", "nano", "nanos", "nanosecond", "nanoseconds" -> 1;
      case "us", "µs", "μs", "micro", "micros", "microsecond", "microseconds" -> 1_000;
      case "ms", "milli", "millis", "millisecond", "milliseconds" -> 1_000_000;
      case "s", "sec", "secs", "second", "seconds" -> 1_000_000_000;
      case "m", "min", "mins", "minute", "minutes" -> 60_000_000_000L;
      case "h", "hr", "hrs", "hour", "hours" -> 3_600_000_000_000L;
      case "d", "day", "days" -> 86_400_000_000_000L;
      case "w", "wk", "wks", "week", "weeks" -> 604_800_000_000_000L;
      default -> throw new IllegalArgumentException(unit);
    };
  }
}
