package dev.sallyport.api.bootstrap;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A Secret of kube-system, read as one that keeps a bootstrap token. Whether it is a good one is
 * for its reader to ask.
 *
 * @param deleting whether the Secret has been deleted and only waits for its finalizers
 * @param data the Secret's data, decoded
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/#bootstrap-token-secret-format">Bootstrap
 *     token secret format</a>
 */
public record BootstrapSecret(
    String name, String type, boolean deleting, Map<String, String> data) {

  public static final String NAMESPACE = "kube-system";
  public static final String TYPE = "bootstrap.kubernetes.io/token";
  public static final String NAME_PREFIX = "bootstrap-token-";

  public static final String TOKEN_ID = "token-id";
  public static final String TOKEN_SECRET = "token-secret";
  public static final String EXPIRATION = "expiration";
  public static final String DESCRIPTION = "description";
  public static final String EXTRA_GROUPS = "auth-extra-groups";

  /** Followed by a usage, with the value true. */
  public static final String USAGE_PREFIX = "usage-bootstrap-";

  public static final String USAGE_AUTHENTICATION = "authentication";
  public static final String USAGE_SIGNING = "signing";

  /** The group that every bootstrap token is in, and the beginning of all others. */
  public static final String GROUP = "system:bootstrappers";

  private static final int LONGEST_SUFFIX = 256;

  public BootstrapSecret {
    data = Map.copyOf(data);
  }

  /** The name of the Secret that keeps the token of that id. */
  public static String nameOf(String tokenId) {
    return NAME_PREFIX + tokenId;
  }

  /** The value of a key, or "". */
  public String value(String key) {
    return data.getOrDefault(key, "");
  }

  public boolean hasType() {
    return type.equals(TYPE);
  }

  /** Whether the token id inside is the one in the Secret's name. */
  public boolean hasItsOwnId() {
    String id = value(TOKEN_ID);
    return BootstrapToken.isId(id) && name.equals(nameOf(id));
  }

  public boolean allows(String usage) {
    return value(USAGE_PREFIX + usage).equals("true");
  }

  /**
   * When the token ends; empty when it never does.
   *
   * @return {@link Instant#MIN} when it says so in words that are no time, as then it is not good
   */
  public Optional<Instant> expiration() {
    String text = value(EXPIRATION);
    return text.isEmpty() ? Optional.empty() : Optional.of(instant(text));
  }

  public boolean expired(Instant now) {
    return expiration().filter(end -> !now.isBefore(end)).isPresent();
  }

  /**
   * The groups of whoever comes with the token, in alphabetical order.
   *
   * @return empty when an extra group is named that no bootstrap token may be in
   */
  public Optional<List<String>> groups() {
    TreeSet<String> groups = new TreeSet<>(List.of(GROUP));
    String extra = value(EXTRA_GROUPS);
    for (int from = 0; !extra.isEmpty() && from <= extra.length(); ) {
      int comma = extra.indexOf(',', from);
      int end = comma < 0 ? extra.length() : comma;
      String group = extra.substring(from, end);
      if (!isExtraGroup(group)) {
        return Optional.empty();
      }
      groups.add(group);
      from = end + 1;
    }
    return Optional.of(List.copyOf(groups));
  }

  /** Whether a bootstrap token may be in that group beside {@link #GROUP}. */
  public static boolean isExtraGroup(String group) {
    int start = GROUP.length() + 1;
    int length = group.length() - start;
    if (length < 1
        || length > LONGEST_SUFFIX
        || !group.startsWith(GROUP + ":")
        || !wordlike(group.charAt(group.length() - 1))) {
      return false;
    }
    for (int i = start; i < group.length(); i++) {
      char c = group.charAt(i);
      if (!wordlike(c) && c != ':' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean wordlike(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  /** RFC 3339 as Go reads it, which Java's own parser would read more generously. */
  private static Instant instant(String text) {
    int length = text.length();
    boolean utc = text.endsWith("Z");
    boolean shaped =
        length >= 20
            && text.charAt(4) == '-'
            && text.charAt(10) == 'T'
            && text.charAt(16) == ':'
            && (utc || "+-".indexOf(text.charAt(length - 6)) >= 0);
    if (!shaped) {
      return Instant.MIN;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return Instant.MIN;
    }
  }

  /** Without the data, which holds the token. */
  @Override
  public String toString() {
    return "BootstrapSecret[" + name + "]";
  }
}
