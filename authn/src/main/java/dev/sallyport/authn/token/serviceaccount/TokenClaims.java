package dev.sallyport.authn.token.serviceaccount;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verified token says. Times are in milliseconds since the epoch; null where the token does
 * not say.
 *
 * @param audiences whom it is meant for; empty means the API itself
 * @param id the token's own id, or ""
 * @param subject the sub claim, or ""
 * @param warnAfter from when on a client should have fetched a new token
 * @param node the node of the pod, or the node the token is bound to without a pod
 */
record TokenClaims(
    List<String> audiences,
    @Nullable Long expiry,
    @Nullable Long notBefore,
    @Nullable Long issuedAt,
    String id,
    String subject,
    @Nullable Long warnAfter,
    String namespace,
    BoundObject account,
    @Nullable BoundObject secret,
    @Nullable BoundObject pod,
    @Nullable BoundObject node) {

  TokenClaims {
    audiences = List.copyOf(audiences);
  }
}
