package dev.sallyport.authn.token.serviceaccount;

import dev.sallyport.authn.token.cache.TokenDigest;
import org.jspecify.annotations.Nullable;

/**
 * A secret that holds a token, as it is now.
 *
 * @param revision tells this state from any other
 * @param deleting whether its deletion was asked for
 * @param token the digest of the token it holds, or null
 * @param lastUsed its label of the day of last use, or ""
 * @param invalidSince its label of the day since which it counts no more, or ""
 * @param generated whether its account lists it, as those do that Kubernetes made before 1.24
 */
public record TokenSecret(
    long revision,
    boolean deleting,
    @Nullable TokenDigest token,
    String lastUsed,
    String invalidSince,
    boolean generated) {
  /** The day of last use, as {@code 2026-11-22} in UTC. */
  public static final String LAST_USED_LABEL = "kubernetes.io/legacy-token-last-used";

  public static final String INVALID_SINCE_LABEL = "kubernetes.io/legacy-token-invalid-since";
}
