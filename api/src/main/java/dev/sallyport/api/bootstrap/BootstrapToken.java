package dev.sallyport.api.bootstrap;

import org.jspecify.annotations.Nullable;

/**
 * A token by which a machine may ask for more: six characters that everybody may know, a dot and
 * sixteen that nobody else may. All are small ASCII letters and digits.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/">Authenticating
 *     with bootstrap tokens</a>
 */
public record BootstrapToken(String id, String secret) {

  public static final int ID_LENGTH = 6;
  public static final int SECRET_LENGTH = 16;

  public BootstrapToken {
    if (!plain(id, ID_LENGTH) || !plain(secret, SECRET_LENGTH)) {
      throw new IllegalArgumentException("no bootstrap token");
    }
  }

  /** The token that the text is, or null when it is none. */
  public static @Nullable BootstrapToken parse(String text) {
    if (text.length() != ID_LENGTH + 1 + SECRET_LENGTH || text.charAt(ID_LENGTH) != '.') {
      return null;
    }
    String id = text.substring(0, ID_LENGTH);
    String secret = text.substring(ID_LENGTH + 1);
    return plain(id, ID_LENGTH) && plain(secret, SECRET_LENGTH)
        ? new BootstrapToken(id, secret)
        : null;
  }

  /** Whether the text could be a token's id. */
  public static boolean isId(String text) {
    return plain(text, ID_LENGTH);
  }

  /** The token as it is sent. */
  public String text() {
    return id + "." + secret;
  }

  @Override
  public String toString() {
    return id + ".***";
  }

  private static boolean plain(String text, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
        return false;
      }
    }
    return true;
  }
}
