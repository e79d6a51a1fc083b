package dev.sallyport.config.flags;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/**
 * Times as Go writes them: {@code 1m0s}, {@code 300ms}, {@code 1.5h}, {@code -2s}, {@code 0}.
 *
 * @see <a href="https://pkg.go.dev/time#ParseDuration">Go's ParseDuration</a>
 */
public final class GoDuration {
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "μs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private GoDuration() {}

  /**
   * Reads a time.
   *
   * @throws IllegalArgumentException if it is none, has a number without a unit, or is beyond 292
   *     years
   */
  public static Duration parse(String text) {
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return Duration.ZERO;
    }
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(text);
    }
    BigDecimal nanos = BigDecimal.ZERO;
    int at = 0;
    while (at < rest.length()) {
      int unit = skip(rest, at, true);
      int next = skip(rest, unit, false);
      Long factor = NANOS.get(rest.substring(unit, next));
      if (factor == null) {
        throw new IllegalArgumentException(text);
      }
      nanos = nanos.add(number(rest.substring(at, unit)).multiply(BigDecimal.valueOf(factor)));
      at = next;
    }
    Duration sum = Duration.ofNanos(exact(nanos, text));
    return negative ? sum.negated() : sum;
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

  private static int skip(String text, int from, boolean number) {
    int at = from;
    while (at < text.length() && number == (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static BigDecimal number(String digits) {
    if (digits.isEmpty() || digits.equals(".") || digits.length() > 40) {
      throw new IllegalArgumentException(digits);
    }
    // NumberFormatException (of "1.2.3") is an IllegalArgumentException.
    return new BigDecimal(digits);
  }

  private static long exact(BigDecimal nanos, String text) {
    try {
      return nanos.toBigInteger().longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
