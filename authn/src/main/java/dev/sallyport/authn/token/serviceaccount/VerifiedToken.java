package dev.sallyport.authn.token.serviceaccount;

import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Credential;
import dev.sallyport.authn.token.jwt.TokenFault;
import java.util.List;
import java.util.Map;

/**
 * A token whose signature is good. That never changes while the keys are the same; all else is
 * looked at again at every use. For any thread.
 */
interface VerifiedToken {

  /** The keys it was verified with. */
  VerificationKeys keys();

  /** Whom it says it is meant for; empty means the API itself. */
  List<String> audiences();

  /** Whom it makes its bearer. */
  UserInfo user();

  /** What it is called, and from when until when it is good. */
  Credential credential();

  /**
   * Whether it is in force and what it is bound to exists. Never blocks.
   *
   * @param now in milliseconds since the epoch
   * @return what the audit log shall say of it; empty as a rule
   */
  Map<String, String> check(long now) throws TokenFault;
}
