package dev.sallyport.server.assembly;

import dev.sallyport.api.Answer;
import dev.sallyport.api.bootstrap.BootstrapSecret;
import dev.sallyport.authn.token.bootstrap.BootstrapSecretLookup;
import dev.sallyport.controllers.bootstrap.BootstrapSecrets;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.store.Key;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoredObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Secrets that keep bootstrap tokens, read from the store's memory. */
record StoreBootstrapSecrets(ResourceStore store, ObjectCodec codec)
    implements BootstrapSecretLookup {

  @Override
  public @Nullable BootstrapSecret find(String name) {
    Answer<Optional<StoredObject>> answer =
        store.get(new Key("secrets", BootstrapSecret.NAMESPACE, name));
    if (!(answer instanceof Answer.Now<Optional<StoredObject>> now)) {
      throw new IllegalStateException("the store does not answer reads from memory");
    }
    return now.value().map(secret -> BootstrapSecrets.read(codec.read(secret.json()))).orElse(null);
  }
}
