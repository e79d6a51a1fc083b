package dev.sallyport.audit;

import dev.sallyport.api.UserInfo;
import org.jspecify.annotations.Nullable;

/**
 * Who is behind a request.
 *
 * @param user who authenticated; null when nobody did
 * @param impersonated whom they act as, or null
 * @param constraint the verb that allowed it under constrained impersonation; "" otherwise
 */
public record Identities(
    @Nullable UserInfo user, @Nullable UserInfo impersonated, String constraint) {
  public static final Identities UNKNOWN = new Identities(null, null, "");
}
