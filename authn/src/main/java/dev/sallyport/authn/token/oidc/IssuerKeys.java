package dev.sallyport.authn.token.oidc;

import dev.sallyport.api.Answer;
import dev.sallyport.authn.token.jwt.KeySet;
import java.util.Optional;

/** An issuer's keys as they are known now. For any thread; nothing here blocks. */
public interface IssuerKeys {

  /** The keys, at once where there are any; empty if they could not be fetched so far. */
  Answer<Optional<KeySet>> current();

  /**
   * The keys after looking whether there are new ones. How often that is asked of an issuer is
   * bounded; in between the known keys come at once.
   */
  Answer<Optional<KeySet>> refreshed();

  /** Whether these are still the keys; what others verified has to be verified again. */
  boolean are(KeySet keys);

  /** No more fetches. */
  void close();
}
