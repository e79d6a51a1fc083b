package dev.sallyport.server.filter.impersonation;

import dev.sallyport.api.Status;
import dev.sallyport.api.UserInfo;

/** What one mode says to a wish to impersonate. */
sealed interface Impersonation {

  /** The mode is not for such users. */
  Impersonation NOT_APPLICABLE = new NotApplicable();

  /**
   * @param user who the request acts as, groups completed
   * @param constraint the verb that allowed it under constrained impersonation; "" otherwise
   */
  record Granted(UserInfo user, String constraint) implements Impersonation {}

  record Refused(Status status) implements Impersonation {}

  record NotApplicable() implements Impersonation {}
}
