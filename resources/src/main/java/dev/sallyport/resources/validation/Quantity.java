package dev.sallyport.resources.validation;

import dev.sallyport.resources.codec.canonical.DecodeFailure;
import dev.sallyport.resources.codec.canonical.Quantities;
import java.math.BigDecimal;

/**
 * What a quantity in canonical form is worth, for comparisons.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">Quantity</a>
 */
public final class Quantity {

  private Quantity() {}

  /** The number; 0 for what is no quantity. */
  public static BigDecimal of(String canonical) {
    try {
      return Quantities.value(canonical);
    } catch (DecodeFailure e) {
      return BigDecimal.ZERO;
    }
  }

  /** Whether it is a whole number. */
  public static boolean isWhole(String canonical) {
    return of(canonical).stripTrailingZeros().scale() <= 0;
  }
}
