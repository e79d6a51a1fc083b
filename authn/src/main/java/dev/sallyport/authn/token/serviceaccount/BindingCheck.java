package dev.sallyport.authn.token.serviceaccount;

import dev.sallyport.authn.token.jwt.TokenFault;
import dev.sallyport.authn.token.serviceaccount.ServiceAccountLookup.Place;
import dev.sallyport.authn.token.serviceaccount.ServiceAccountLookup.Referent;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a token is bound to still exists. Asked at every use: a token ends with its account,
 * secret, pod or node, not when a cache forgets it.
 */
final class BindingCheck {

  private final TokenClaims claims;
  private final Place account;
  private final @Nullable Place secret;
  private final @Nullable Place pod;
  private final @Nullable Place node;

  BindingCheck(ServiceAccountLookup lookup, TokenClaims claims) {
    String namespace = claims.namespace();
    BoundObject boundSecret = claims.secret();
    BoundObject boundPod = claims.pod();
    BoundObject boundNode = claims.node();
    this.claims = claims;
    this.account = lookup.serviceAccount(namespace, claims.account().name());
    this.secret = boundSecret == null ? null : lookup.secret(namespace, boundSecret.name());
    this.pod = boundPod == null ? null : lookup.pod(namespace, boundPod.name());
    this.node = boundNode == null ? null : lookup.node(boundNode.name());
  }

  /**
   * @param now in milliseconds since the epoch
   */
  void check(long now) throws TokenFault {
    Referent found = account.now();
    checkUid(found, claims.account());
    if (found != null && deleted(found, now)) {
      throw new TokenFault(
          "service account "
              + claims.namespace()
              + "/"
              + claims.account().name()
              + " has been deleted");
    }
    check("secret", secret, claims.secret(), now);
    if (pod != null) {
      check("pod", pod, claims.pod(), now);
    } else {
      check("node", node, claims.node(), now);
    }
  }

  static void checkUid(@Nullable Referent found, BoundObject account) throws TokenFault {
    if (found == null) {
      throw new TokenFault("serviceaccounts \"" + account.name() + "\" not found");
    }
    if (!found.uid().equals(account.uid())) {
      throw new TokenFault(
          "service account UID (" + found.uid() + ") does not match claim (" + account.uid() + ")");
    }
  }

  private static void check(
      String kind, @Nullable Place place, @Nullable BoundObject bound, long now) throws TokenFault {
    if (place == null || bound == null) {
      return; // not bound to one
    }
    Referent found = place.now();
    if (found == null || deleted(found, now)) {
      throw new TokenFault("service account token has been invalidated");
    }
    if (!found.uid().equals(bound.uid())) {
      throw new TokenFault(
          kind
              + " UID ("
              + found.uid()
              + ") does not match service account "
              + kind
              + " ref claim ("
              + bound.uid()
              + ")");
    }
  }

  /** A minute after its deletion was asked for, an object counts as gone even while it lingers. */
  private static boolean deleted(Referent found, long now) {
    return found.deletion() != null
        && found.deletion().toEpochMilli() < now - TokenTimes.LEEWAY_MILLIS;
  }
}
