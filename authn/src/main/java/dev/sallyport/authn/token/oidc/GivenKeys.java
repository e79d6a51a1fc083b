package dev.sallyport.authn.token.oidc;

import dev.sallyport.api.Answer;
import dev.sallyport.authn.token.jwt.KeySet;
import java.util.Optional;

/** Keys that stand in the configuration. */
record GivenKeys(KeySet keys) implements IssuerKeys {
  @Override
  public Answer<Optional<KeySet>> current() {
    return Answer.now(Optional.of(keys));
  }

  @Override
  public Answer<Optional<KeySet>> refreshed() {
    return current();
  }

  @Override
  public boolean are(KeySet others) {
    return keys == others;
  }

  @Override
  public void close() {}
}
