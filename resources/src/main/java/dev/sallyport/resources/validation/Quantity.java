package dev.sallyport.resources.validation;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * What a quantity in canonical form is worth, for comparisons.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">Quantity</a>
 */
public final class Quantity {

  private static final String BINARY = "KMGTPE";
  private static final String DECIMAL = "num kMGTPE";

  private Quantity() {}

  /** The number; 0 for what is no quantity. */
  public static BigDecimal of(String canonical) {
    int end = canonical.length();
    while (end > 0 && !isDigit(canonical.charAt(end - 1))) {
      end--;
    }
    try {
      // An exponent's digits are part of the number as it is read here.
      BigDecimal number = new BigDecimal(canonical.substring(0, end));
      return times(number, canonical.substring(end));
    } catch (NumberFormatException e) {
      return BigDecimal.ZERO;
    }
  }

  private static BigDecimal times(BigDecimal number, String suffix) {
    if (suffix.isEmpty()) {
      return number;
    }
    if (suffix.endsWith("i")) {
      int power = BINARY.indexOf(suffix.charAt(0)) + 1;
      return number.multiply(new BigDecimal(BigInteger.valueOf(1024).pow(power)));
    }
    return number.scaleByPowerOfTen((DECIMAL.indexOf(suffix.charAt(0)) - 3) * 3);
  }

  /** Whether it is a whole number. */
  public static boolean isWhole(String canonical) {
    return of(canonical).stripTrailingZeros().scale() <= 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
