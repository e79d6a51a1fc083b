package dev.sallyport.authn.token.oidc;

import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.token.jwt.TokenFault;
import java.util.Set;

/**
 * Keeps names that mean something to this server itself from being given by others: a user or group
 * that begins with {@code system:} is accepted from outside only by its whole name.
 *
 * @param allowed the names that are accepted
 */
public record SystemNames(Set<String> allowed) {
  private static final String RESERVED = "system:";

  public SystemNames {
    allowed = Set.copyOf(allowed);
  }

  /**
   * @throws TokenFault when the user has a reserved name or group that is not allowed
   */
  public void check(UserInfo user) throws TokenFault {
    check("user", user.name());
    for (String group : user.groups()) {
      check("group", group);
    }
  }

  private void check(String kind, String name) throws TokenFault {
    if (name.startsWith(RESERVED) && !allowed.contains(name)) {
      throw new TokenFault("the issuer may not name the " + kind + " " + shown(name));
    }
  }

  /** A token may hold a name of any length, and any characters. */
  private static String shown(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(name.length(), 80); i++) {
      char c = name.charAt(i);
      text.append(c < ' ' || c > '~' ? '?' : c);
    }
    return text.toString();
  }
}
