package dev.sallyport.resources.codec.yaml;

import java.util.Comparator;

/** Keys as Go's YAML library sorts them: runs of digits by their value, letters behind the rest. */
enum NaturalOrder implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String a, String b) {
    int shared = Math.min(a.length(), b.length());
    int at = 0;
    while (at < shared && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    if (at == shared) {
      return Integer.compare(a.length(), b.length());
    }
    boolean letterA = Character.isLetter(a.charAt(at));
    boolean letterB = Character.isLetter(b.charAt(at));
    if (letterA && letterB) {
      return Character.compare(a.charAt(at), b.charAt(at));
    }
    if (letterA || letterB) {
      // Behind a digit, a letter ends the number and so comes first.
      boolean behindDigit = at > 0 && isDigit(a.charAt(at - 1));
      return letterA == behindDigit ? -1 : 1;
    }
    return numbers(a, b, at);
  }

  private static int numbers(String a, String b, int at) {
    int start = numberStart(a, at);
    int endA = numberEnd(a, at);
    int endB = numberEnd(b, at);
    int byValue = compareDigits(a.substring(start, endA), b.substring(start, endB));
    if (byValue != 0) {
      return byValue;
    }
    return endA != endB
        ? Integer.compare(endA, endB)
        : Character.compare(a.charAt(at), b.charAt(at));
  }

  private static int numberStart(String text, int at) {
    int start = at;
    while (start > 0 && isDigit(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static int numberEnd(String text, int at) {
    int end = at;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int compareDigits(String a, String b) {
    String shortA = withoutZeros(a);
    String shortB = withoutZeros(b);
    return shortA.length() != shortB.length()
        ? Integer.compare(shortA.length(), shortB.length())
        : shortA.compareTo(shortB);
  }

  private static String withoutZeros(String digits) {
    int at = 0;
    while (at < digits.length() && digits.charAt(at) == '0') {
      at++;
    }
    return digits.substring(at);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
