package dev.sallyport.resources.validation;

import com.fasterxml.jackson.databind.JsonNode;

/** Values that are a number or a share, such as 3 or "25%". */
public final class IntOrPercent {

  private static final String PERCENT_FAULT =
      "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or"
          + " '93%', regex used for validation is '[0-9]+%')";

  private IntOrPercent() {}

  static void check(Field field) {
    if (!field.node().isTextual()) {
      field.nonNegative();
    } else if (!isPercent(field.text())) {
      field.invalid(PERCENT_FAULT);
    } else if (number(field.node()) > 100) {
      field.invalid("must not be greater than 100%");
    }
  }

  /** The number, or that before the percent sign; 0 for none and for what is neither. */
  public static int number(JsonNode value) {
    if (!value.isTextual()) {
      return value.asInt();
    }
    String text = value.textValue();
    if (!isPercent(text)) {
      return 0;
    }
    // Longer ones are certainly more than any bound.
    return text.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(text, 0, text.length() - 1, 10);
  }

  private static boolean isPercent(String text) {
    int digits = text.length() - 1;
    if (digits < 1 || text.charAt(digits) != '%') {
      return false;
    }
    for (int i = 0; i < digits; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
