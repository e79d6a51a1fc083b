package dev.sallyport.authn.token.serviceaccount;

import dev.sallyport.authn.token.jwt.TokenFault;
import dev.sallyport.authn.token.serviceaccount.ServiceAccountLookup.Referent;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a token is bound to still exists. Asked at every use: a token ends with its account,
 * secret, pod or node, not when a cache forgets it.
 */
final class BindingCheck {

  private BindingCheck() {}

  static void check(ServiceAccountLookup lookup, TokenClaims claims, long now) throws TokenFault {
    String namespace = claims.namespace();
    BoundObject account = claims.account();
    Referent found = lookup.serviceAccount(namespace, account.name());
    checkUid(found, account);
    if (found != null && deleted(found, now)) {
      throw new TokenFault(
          "service account " + namespace + "/" + account.name() + " has been deleted");
    }
    BoundObject secret = claims.secret();
    if (secret != null) {
      check("secret", lookup.secret(namespace, secret.name()), secret, now);
    }
    BoundObject pod = claims.pod();
    BoundObject node = claims.node();
    if (pod != null) {
      check("pod", lookup.pod(namespace, pod.name()), pod, now);
    } else if (node != null) {
      check("node", lookup.node(node.name()), node, now);
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

  private static void check(String kind, @Nullable Referent found, BoundObject bound, long now)
      throws TokenFault {
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
