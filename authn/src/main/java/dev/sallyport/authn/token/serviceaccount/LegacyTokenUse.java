package dev.sallyport.authn.token.serviceaccount;

/** Notes that a token of a secret was used: its label then tells which secrets are still needed. */
@FunctionalInterface
public interface LegacyTokenUse {

  /**
   * Called about once a day for each token, on an event loop: it starts a write and returns.
   *
   * @param day as {@code 2026-11-22}, in UTC
   */
  void used(String namespace, String secret, String day);
}
