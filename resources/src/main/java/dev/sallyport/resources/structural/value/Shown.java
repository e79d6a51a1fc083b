package dev.sallyport.resources.structural.value;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.Quoted;
import java.math.BigDecimal;

/** Values as messages show them. */
public final class Shown {

  private Shown() {}

  public static String of(JsonNode value) {
    if (value.isTextual()) {
      return Quoted.of(value.textValue());
    }
    if (value.isNumber()) {
      return value.isIntegralNumber() ? value.asText() : of(value.doubleValue());
    }
    return value.isMissingNode() ? "null" : value.toString();
  }

  /** The shortest digits that mean the number, with an exponent for the very small and large. */
  public static String of(double number) {
    if (number == 0) {
      return "0";
    }
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return Double.toString(number);
    }
    BigDecimal digits = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent >= -4 && exponent < 21) {
      return digits.toPlainString();
    }
    BigDecimal mantissa = digits.movePointLeft(exponent).stripTrailingZeros();
    String sign = exponent < 0 ? "-" : "+";
    int size = Math.abs(exponent);
    return mantissa.toPlainString() + "e" + sign + (size < 10 ? "0" : "") + size;
  }
}
