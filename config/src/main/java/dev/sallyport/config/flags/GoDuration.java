package dev.sallyport.config.flags;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * Times as Go writes them: {@code 1m0s}, {@code 300ms}, {@code 1.5h}, {@code -2s}, {@code 0}.
 *
 * @see <a href="https://pkg.go.dev/time#ParseDuration">Go's ParseDuration</a>
 */
public final class GoDuration {

  private GoDuration() {}

  /**
   * Reads a time.
   *
   * @throws IllegalArgumentException in Go's words if it is none, has a number without a unit, or
   *     is beyond 292 years
   */
  public static Duration parse(String text) {
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

  /** Writes a time as Go prints it: {@code 1m0s}. */
  public static String format(Duration time) {
    if (time.isZero()) {
      return "0s";
    }
    String sign = time.isNegative() ? "-" : "";
    Duration size = time.abs();
    if (size.compareTo(Duration.ofSeconds(1)) < 0) {
      return sign + fraction(size.toNanos());
    }
    StringBuilder out = new StringBuilder(sign);
    if (size.toHours() > 0) {
      out.append(size.toHours()).append('h');
    }
    if (size.toMinutes() > 0) {
      out.append(size.toMinutesPart()).append('m');
    }
    return out.append(plain(size.toSecondsPart() * 1_000_000_000L + size.toNanosPart(), 9))
        .append('s')
        .toString();
  }

  private static String fraction(long nanos) {
    if (nanos >= 1_000_000) {
      return plain(nanos, 6) + "ms";
    }
    return nanos >= 1_000 ? plain(nanos, 3) + "µs" : nanos + "ns";
  }

  private static String plain(long value, int scale) {
    return BigDecimal.valueOf(value, scale).stripTrailingZeros().toPlainString();
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
