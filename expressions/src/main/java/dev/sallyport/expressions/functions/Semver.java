package dev.sallyport.expressions.functions;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * A semantic version. What stands behind the plus sign does not count.
 *
 * @param pre the identifiers before a release; empty for a release
 * @see <a href="https://semver.org/spec/v2.0.0.html">Semantic Versioning 2.0.0</a>
 */
record Semver(long major, long minor, long patch, List<String> pre) implements Comparable<Semver> {

  private static final String NUMBER = "(0|[1-9][0-9]{0,17})";
  private static final String WORD = "(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";
  private static final Pattern FORM =
      Pattern.compile(
          "^"
              + NUMBER
              + "\\."
              + NUMBER
              + "\\."
              + NUMBER
              + "(?:-("
              + WORD
              + "(?:\\."
              + WORD
              + ")*))?"
              + "(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$");

  Semver {
    pre = List.copyOf(pre);
  }

  /** Null for a text that is none. */
  static @Nullable Semver of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    List<String> pre = new ArrayList<>();
    if (matcher.group(4) != null) {
      StringTokenizer words = new StringTokenizer(matcher.group(4), ".");
      while (words.hasMoreTokens()) {
        pre.add(words.nextToken());
      }
    }
    return new Semver(
        Long.parseLong(matcher.group(1)),
        Long.parseLong(matcher.group(2)),
        Long.parseLong(matcher.group(3)),
        pre);
  }

  @Override
  public int compareTo(Semver other) {
    int order = Long.compare(major, other.major);
    order = order == 0 ? Long.compare(minor, other.minor) : order;
    order = order == 0 ? Long.compare(patch, other.patch) : order;
    if (order != 0 || pre.equals(other.pre)) {
      return order;
    }
    // Nothing comes behind what has no identifiers: the release.
    if (pre.isEmpty() || other.pre.isEmpty()) {
      return pre.isEmpty() ? 1 : -1;
    }
    for (int i = 0; i < Math.min(pre.size(), other.pre.size()); i++) {
      order = compare(pre.get(i), other.pre.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(pre.size(), other.pre.size());
  }

  private static int compare(String one, String other) {
    boolean number = isNumber(one);
    if (number && isNumber(other)) {
      return new BigInteger(one).compareTo(new BigInteger(other));
    }
    return number == isNumber(other) ? Integer.signum(one.compareTo(other)) : number ? -1 : 1;
  }

  private static boolean isNumber(String word) {
    return word.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
