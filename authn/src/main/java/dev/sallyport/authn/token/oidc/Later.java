package dev.sallyport.authn.token.oidc;

import java.time.Duration;

/** Runs tasks later, on a background thread. */
@FunctionalInterface
public interface Later {
  void after(Duration delay, Runnable task);
}
