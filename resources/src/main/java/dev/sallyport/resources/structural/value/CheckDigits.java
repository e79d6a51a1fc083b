package dev.sallyport.resources.structural.value;

import dev.sallyport.resources.structural.tree.Regex;

/** Numbers that carry a check digit, or should. */
final class CheckDigits {

  private static final Regex CARD =
      new Regex(
          "^(?:4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|6(?:011|5[0-9][0-9])[0-9]{12}"
              + "|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}|(?:2131|1800|35\\d{3})\\d{11})$");

  private CheckDigits() {}

  static boolean isIsbn10(String text) {
    String digits = text.replace("-", "").replace(" ", "");
    if (digits.length() != 10) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 10; i++) {
      char c = digits.charAt(i);
      boolean ten = i == 9 && (c == 'X' || c == 'x');
      if (!ten && (c < '0' || c > '9')) {
        return false;
      }
      sum += (10 - i) * (ten ? 10 : c - '0');
    }
    return sum % 11 == 0;
  }

  static boolean isIsbn13(String text) {
    String digits = text.replace("-", "").replace(" ", "");
    if (digits.length() != 13) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 13; i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      sum += (i % 2 == 0 ? 1 : 3) * (c - '0');
    }
    return sum % 10 == 0;
  }

  static boolean isCreditCard(String text) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
      }
    }
    return CARD.found(digits.toString());
  }
}
