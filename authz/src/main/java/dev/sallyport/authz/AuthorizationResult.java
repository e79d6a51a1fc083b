package dev.sallyport.authz;

import org.jspecify.annotations.Nullable;

/**
 * A decision with its reason.
 *
 * @param reason in the words access reviews and audit show; "" where there is none
 * @param error what went wrong while judging, or null; without an ALLOW it becomes a 500
 */
public record AuthorizationResult(Decision decision, String reason, @Nullable String error) {

  /** No opinion, no reason, no error. */
  public static final AuthorizationResult NO_OPINION =
      new AuthorizationResult(Decision.NO_OPINION, "", null);

  public static AuthorizationResult allow(String reason) {
    return new AuthorizationResult(Decision.ALLOW, reason, null);
  }

  public static AuthorizationResult deny(String reason) {
    return new AuthorizationResult(Decision.DENY, reason, null);
  }
}
