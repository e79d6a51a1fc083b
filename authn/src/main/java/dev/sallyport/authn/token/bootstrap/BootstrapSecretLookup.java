package dev.sallyport.authn.token.bootstrap;

import dev.sallyport.api.bootstrap.BootstrapSecret;
import org.jspecify.annotations.Nullable;

/** Today's Secrets, answered from memory. Any thread. */
@FunctionalInterface
public interface BootstrapSecretLookup {

  /** The Secret of that name in kube-system, of whatever type, or null. */
  @Nullable BootstrapSecret find(String name);
}
