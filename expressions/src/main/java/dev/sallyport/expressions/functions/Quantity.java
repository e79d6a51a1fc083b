package dev.sallyport.expressions.functions;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A resource quantity's value; equal values are equal however they were written.
 *
 * @param value without trailing zeros
 */
record Quantity(BigDecimal value) implements Comparable<Quantity> {

  /** Longer ones are an attempt to make a big number expensive. */
  private static final int LONGEST = 128;

  private static final int LARGEST_EXPONENT = 1_000;
  private static final String DECIMAL = "num kMGTPE";
  private static final String BINARY = "KMGTPE";

  Quantity {
    value = value.stripTrailingZeros();
  }

  static Quantity of(long whole) {
    return new Quantity(BigDecimal.valueOf(whole));
  }

  /** Null for a text that is none. */
  static @Nullable Quantity of(String text) {
    int end = numberEnd(text);
    if (end == 0 || text.length() > LONGEST) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(text.substring(0, end));
      BigDecimal factor = factor(text.substring(end));
      return factor == null ? null : new Quantity(number.multiply(factor));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static int numberEnd(String text) {
    int at = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
    while (at < text.length() && "0123456789.".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static @Nullable BigDecimal factor(String suffix) {
    if (suffix.isEmpty()) {
      return BigDecimal.ONE;
    }
    char first = suffix.charAt(0);
    if (suffix.length() == 1) {
      int place = first == ' ' ? -1 : DECIMAL.indexOf(first);
      return place < 0 ? null : BigDecimal.ONE.scaleByPowerOfTen((place - 3) * 3);
    }
    if (suffix.length() == 2 && suffix.charAt(1) == 'i') {
      int power = BINARY.indexOf(first) + 1;
      return power == 0 ? null : BigDecimal.valueOf(1024).pow(power);
    }
    int exponent = Integer.parseInt(suffix.substring(1));
    return (first == 'e' || first == 'E') && Math.abs(exponent) <= LARGEST_EXPONENT
        ? BigDecimal.ONE.scaleByPowerOfTen(exponent)
        : null;
  }

  boolean isInteger() {
    return value.scale() <= 0 && QuantityFunctions.fitsLong(value);
  }

  Quantity plus(Quantity other) {
    return new Quantity(value.add(other.value));
  }

  Quantity minus(Quantity other) {
    return new Quantity(value.subtract(other.value));
  }

  @Override
  public int compareTo(Quantity other) {
    return value.compareTo(other.value);
  }
}
