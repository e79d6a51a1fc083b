package dev.sallyport.resources.codec.canonical;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Resource quantities in canonical form: no fraction, the largest suffix that loses nothing, finer
 * than nano rounded up.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">Quantity</a>
 */
public final class Quantities {

  private static final String PATTERN_FAULT =
      "quantities must match the regular expression"
          + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  private static final String SUFFIX_FAULT = "unable to parse quantity's suffix";
  private static final String NUMBER_FAULT = "unable to parse numeric part of quantity";

  private static final BigDecimal MOST = new BigDecimal(Long.MAX_VALUE);
  private static final BigInteger KIBI = BigInteger.valueOf(1024);

  /** Longer ones are no quantities but an attempt to make a big number expensive. */
  private static final int LONGEST = 128;

  private static final int LARGEST_EXPONENT = 1_000;
  private static final String DECIMAL_SUFFIXES = "num kMGTPE";
  private static final String BINARY_SUFFIXES = "KMGTPE";

  private enum Form {
    DECIMAL,
    EXPONENT,
    BINARY
  }

  private Quantities() {}

  /**
   * @throws DecodeFailure when the text is no quantity
   */
  public static String canonical(String text) {
    BigDecimal value = value(text);
    String suffix = text.substring(numberEnd(text));
    Form form = isBinary(suffix) ? Form.BINARY : suffix.length() > 1 ? Form.EXPONENT : Form.DECIMAL;
    return write(value, form);
  }

  /**
   * What a quantity is worth, not rounded.
   *
   * @throws DecodeFailure when the text is no quantity
   */
  public static BigDecimal value(String text) {
    int end = numberEnd(text);
    if (text.isEmpty() || text.length() > LONGEST || end == 0) {
      throw new DecodeFailure(PATTERN_FAULT);
    }
    String suffix = text.substring(end);
    BigDecimal number = number(text.substring(0, end));
    if (!isBinary(suffix)) {
      return number.scaleByPowerOfTen(decimalExponent(suffix));
    }
    int power = BINARY_SUFFIXES.indexOf(suffix.charAt(0)) + 1;
    if (power == 0) {
      throw new DecodeFailure(SUFFIX_FAULT);
    }
    return number.multiply(new BigDecimal(KIBI.pow(power)));
  }

  private static boolean isBinary(String suffix) {
    return suffix.length() == 2 && suffix.charAt(1) == 'i';
  }

  private static int numberEnd(String text) {
    int at = 0;
    while (at < text.length() && "+-.0123456789".indexOf(text.charAt(at)) >= 0) {
      if (at > 0 && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        break;
      }
      at++;
    }
    return at;
  }

  private static BigDecimal number(String digits) {
    int dot = digits.indexOf('.');
    boolean hasDigit = false;
    for (int i = 0; i < digits.length(); i++) {
      hasDigit |= digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    if (!hasDigit || (dot >= 0 && digits.indexOf('.', dot + 1) >= 0)) {
      throw new DecodeFailure(hasDigit ? NUMBER_FAULT : PATTERN_FAULT);
    }
    return new BigDecimal(digits);
  }

  private static int decimalExponent(String suffix) {
    if (suffix.isEmpty()) {
      return 0;
    }
    if (suffix.length() == 1) {
      int place = suffix.charAt(0) == ' ' ? -1 : DECIMAL_SUFFIXES.indexOf(suffix.charAt(0));
      if (place < 0) {
        throw new DecodeFailure(SUFFIX_FAULT);
      }
      return (place - 3) * 3;
    }
    return exponent(suffix);
  }

  private static int exponent(String suffix) {
    char first = suffix.charAt(0);
    try {
      int exponent = Integer.parseInt(suffix.substring(1));
      if ((first == 'e' || first == 'E') && Math.abs(exponent) <= LARGEST_EXPONENT) {
        return exponent;
      }
    } catch (NumberFormatException e) {
      // Told below, in the field's words.
    }
    throw new DecodeFailure(SUFFIX_FAULT);
  }

  private static String write(BigDecimal value, Form form) {
    BigDecimal capped = value.abs().compareTo(MOST) > 0 ? MOST : value.abs();
    // Rounded away from zero, to nano: nothing that was asked for becomes nothing.
    BigDecimal exact = capped.setScale(9, RoundingMode.UP).stripTrailingZeros();
    if (exact.signum() == 0) {
      return "0";
    }
    String sign = value.signum() < 0 ? "-" : "";
    boolean whole = exact.scale() <= 0;
    if (form == Form.BINARY && whole && exact.compareTo(new BigDecimal(KIBI)) >= 0) {
      return sign + binary(exact.toBigIntegerExact());
    }
    return sign + decimal(exact, form == Form.EXPONENT);
  }

  private static String binary(BigInteger value) {
    BigInteger rest = value;
    int power = 0;
    while (power < BINARY_SUFFIXES.length() && rest.mod(KIBI).signum() == 0) {
      rest = rest.divide(KIBI);
      power++;
    }
    return power == 0 ? rest.toString() : rest.toString() + BINARY_SUFFIXES.charAt(power - 1) + "i";
  }

  private static String decimal(BigDecimal exact, boolean asExponent) {
    // The exponent is the largest multiple of three that leaves a whole mantissa.
    int exponent = Math.floorDiv(-exact.scale(), 3) * 3;
    if (!asExponent) {
      exponent = Math.min(exponent, 18);
    }
    BigInteger mantissa = exact.scaleByPowerOfTen(-exponent).toBigIntegerExact();
    if (exponent == 0) {
      return mantissa.toString();
    }
    return asExponent
        ? mantissa + "e" + exponent
        : mantissa.toString() + DECIMAL_SUFFIXES.charAt(exponent / 3 + 3);
  }
}
