package dev.sallyport.server.filter;

import java.math.BigDecimal;
import java.time.Duration;

/** A time span as Go writes it: signed decimal numbers with units, such as 1h30m or 1.5s. */
final class GoDuration {

  private GoDuration() {}

  /**
   * @throws IllegalArgumentException with the fault in Go's words
   */
  static Duration parse(String text) {
    boolean negative = text.startsWith("-");
    int at = negative || text.startsWith("+") ? 1 : 0;
    if (text.substring(at).equals("0")) {
      return Duration.ZERO;
    }
    if (at == text.length()) {
      throw invalid(text);
    }
    BigDecimal nanos = BigDecimal.ZERO;
    while (at < text.length()) {
      int unit = end(text, at, true);
      int next = end(text, unit, false);
      nanos = nanos.add(number(text, at, unit).multiply(unit(text, unit, next)));
      at = next;
    }
    if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw invalid(text);
    }
    Duration span = Duration.ofNanos(nanos.longValue());
    return negative ? span.negated() : span;
  }

  /** Where the run of number characters, or of others, ends. */
  private static int end(String text, int from, boolean number) {
    int end = from;
    while (end < text.length() && numeric(text.charAt(end)) == number) {
      end++;
    }
    return end;
  }

  private static boolean numeric(char c) {
    return (c >= '0' && c <= '9') || c == '.';
  }

  private static BigDecimal number(String text, int from, int to) {
    if (to - from > 30) {
      throw invalid(text);
    }
    try {
      return new BigDecimal(text.substring(from, to));
    } catch (NumberFormatException e) {
      throw invalid(text);
    }
  }

  private static BigDecimal unit(String text, int from, int to) {
    String unit = text.substring(from, to);
    return BigDecimal.valueOf(
        switch (unit) {
          case "ns" -> 1L;
          case "us", "µs", "μs" -> 1_000L;
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          case "" ->
              throw new IllegalArgumentException("time: missing unit in duration \"" + text + "\"");
          default ->
              throw new IllegalArgumentException(
                  "time: unknown unit \"" + unit + "\" in duration \"" + text + "\"");
        });
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException("time: invalid duration \"" + text + "\"");
  }
}
