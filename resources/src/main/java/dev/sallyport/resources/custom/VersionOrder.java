package dev.sallyport.resources.custom;

import java.util.Comparator;

/**
 * The order in which a group's versions are preferred: v10 before v2 before v1, those before
 * v1beta2, v1beta1 and v1alpha1, and any other name behind them, by the alphabet.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#version-priority">Version
 *     priority</a>
 */
final class VersionOrder {

  static final Comparator<String> PREFERRED_FIRST = VersionOrder::compare;

  /** A version by its parts; stability 3 is general availability, 0 a name of another form. */
  private record Parts(int stability, long major, long minor) {}

  private VersionOrder() {}

  private static int compare(String left, String right) {
    Parts one = parts(left);
    Parts other = parts(right);
    if (one.stability == 0 && other.stability == 0) {
      return left.compareTo(right);
    }
    int order = Integer.compare(other.stability, one.stability);
    if (order == 0) {
      order = Long.compare(other.major, one.major);
    }
    return order == 0 ? Long.compare(other.minor, one.minor) : order;
  }

  private static Parts parts(String version) {
    Parts none = new Parts(0, 0, 0);
    if (!version.startsWith("v")) {
      return none;
    }
    int end = digits(version, 1);
    long major = number(version, 1, end);
    if (major < 0) {
      return none;
    }
    String rest = version.substring(end);
    if (rest.isEmpty()) {
      return new Parts(3, major, 0);
    }
    String stage = rest.startsWith("beta") ? "beta" : rest.startsWith("alpha") ? "alpha" : "";
    long minor = number(rest, stage.length(), rest.length());
    if (stage.isEmpty() || minor < 0 || digits(rest, stage.length()) != rest.length()) {
      return none;
    }
    return new Parts(stage.equals("beta") ? 2 : 1, major, minor);
  }

  private static int digits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /** The number there; -1 when there is none, or one with a zero in front. */
  private static long number(String text, int from, int to) {
    if (from >= to || to - from > 9 || text.charAt(from) == '0') {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + Character.digit(text.charAt(i), 10);
    }
    return value;
  }
}
