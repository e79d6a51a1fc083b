package dev.sallyport.proxy.headers;

import dev.sallyport.api.UserInfo;

/** Makes tokens that tell an upstream who calls. Any thread. */
@FunctionalInterface
public interface TokenMint {

  /** A token for the caller that is good now, in compact form: a secret. */
  String token(UserInfo caller);
}
