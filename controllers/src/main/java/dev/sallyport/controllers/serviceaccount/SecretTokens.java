package dev.sallyport.controllers.serviceaccount;

/** Makes the tokens that secrets hold. Any thread; takes about a millisecond. */
@FunctionalInterface
public interface SecretTokens {

  /**
   * A token without an end, good while the secret holds it.
   *
   * @return the token in compact form
   */
  String make(String namespace, String account, String accountUid, String secret);
}
