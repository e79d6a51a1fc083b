package dev.sallyport.authn.token.serviceaccount;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What tokens are bound to, as it is now. Answers from memory, on any thread, and never blocks.
 * Null where there is no such object.
 */
public interface ServiceAccountLookup {

  /**
   * @param uid tells an object from a later one of the same name
   * @param deletion when its deletion was asked for, or null
   */
  record Referent(String uid, @Nullable Instant deletion) {}

  @Nullable Referent serviceAccount(String namespace, String name);

  @Nullable Referent secret(String namespace, String name);

  /**
   * A secret of type kubernetes.io/service-account-token.
   *
   * @param account the account whose list of secrets tells whether this one was generated
   * @param known what was answered last time, or null; it is answered again when the secret is the
   *     same, so that nothing is read twice
   */
  @Nullable TokenSecret tokenSecret(
      String namespace, String name, String account, @Nullable TokenSecret known);

  @Nullable Referent pod(String namespace, String name);

  @Nullable Referent node(String name);
}
