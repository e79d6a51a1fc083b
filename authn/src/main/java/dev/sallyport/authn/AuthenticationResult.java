package dev.sallyport.authn;

import dev.sallyport.api.UserInfo;

/** The three outcomes of a way in. */
public sealed interface AuthenticationResult {

  /** The credential is good. */
  record Authenticated(UserInfo user, Audiences audiences) implements AuthenticationResult {}

  /** There is no credential of this kind: the next authenticator decides. */
  enum Abstained implements AuthenticationResult {
    INSTANCE
  }

  /**
   * There is a credential and it is bad. Others may still vouch for the request by another one; if
   * none does, the answer is 401 and never anonymous.
   *
   * @param reason why, for the log and for explanations; never holds the credential
   */
  record Rejected(String reason) implements AuthenticationResult {}
}
