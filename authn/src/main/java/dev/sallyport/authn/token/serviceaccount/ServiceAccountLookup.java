package dev.sallyport.authn.token.serviceaccount;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What tokens are bound to. Answers from memory, on any thread, and never blocks.
 *
 * <p>A token's bearer comes again and again, so what a token is bound to is named once, and then
 * only looked at.
 */
public interface ServiceAccountLookup {

  /**
   * @param uid tells an object from a later one of the same name
   * @param deletion when its deletion was asked for, or null
   */
  record Referent(String uid, @Nullable Instant deletion) {}

  /** Where an object stands, or would stand. For any thread. */
  interface Place {
    /** What stands there at this moment, or null. */
    @Nullable Referent now();
  }

  Place serviceAccount(String namespace, String name);

  Place secret(String namespace, String name);

  /**
   * A secret of type kubernetes.io/service-account-token as it is now, or null.
   *
   * @param account the account whose list of secrets tells whether this one was generated
   * @param known what was answered last time, or null; it is answered again when the secret is the
   *     same, so that nothing is read twice
   */
  @Nullable TokenSecret tokenSecret(
      String namespace, String name, String account, @Nullable TokenSecret known);

  Place pod(String namespace, String name);

  Place node(String name);
}
