package dev.sallyport.server.filter;

import dev.sallyport.authn.AuthenticationResult;

/** Is told how authentication ended, for metrics. Any event loop; quick. */
public interface AuthenticationObserver {
  void observed(AuthenticationResult result);
}
