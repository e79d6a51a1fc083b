package dev.sallyport.authn.token.serviceaccount;

import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.authn.Credential;
import dev.sallyport.authn.union.AuthenticatedGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The user that a token makes its bearer. */
final class ServiceAccountUser {
  private static final String EXTRA = "authentication.kubernetes.io/";

  private static final String TOKEN_ID = "JTI=";

  private ServiceAccountUser() {}

  static UserInfo of(TokenClaims claims) {
    return user(claims.namespace(), claims.account(), extra(claims));
  }

  /** A token of a secret tells nothing more than whose it is. */
  static UserInfo of(LegacyClaims claims) {
    return user(claims.namespace(), claims.account(), Map.of());
  }

  private static UserInfo user(
      String namespace, BoundObject account, Map<String, List<String>> extra) {
    return AuthenticatedGroup.of(
        new UserInfo(
            name(namespace, account.name()),
            account.uid(),
            List.of(
                WellKnown.GROUP_SERVICE_ACCOUNTS,
                WellKnown.GROUP_SERVICE_ACCOUNTS + ":" + namespace),
            extra));
  }

  /** By what the token is called, and from when until when it is good. */
  static Credential credential(TokenClaims claims) {
    Long issued = claims.issuedAt();
    Long expiry = claims.expiry();
    return new Credential(
        claims.id().isEmpty() ? "" : TOKEN_ID + claims.id(),
        null,
        issued == null ? Credential.UNKNOWN : issued,
        expiry == null ? Credential.NEVER : expiry);
  }

  static String name(String namespace, String account) {
    return WellKnown.SERVICE_ACCOUNT_PREFIX + namespace + ":" + account;
  }

  private static Map<String, List<String>> extra(TokenClaims claims) {
    Map<String, List<String>> extra = new HashMap<>();
    if (!claims.id().isEmpty()) {
      extra.put(WellKnown.EXTRA_CREDENTIAL_ID, List.of(TOKEN_ID + claims.id()));
    }
    BoundObject pod = claims.pod();
    if (pod != null) {
      extra.put(EXTRA + "pod-name", List.of(pod.name()));
      extra.put(EXTRA + "pod-uid", List.of(pod.uid()));
    }
    BoundObject node = claims.node();
    if (node != null) {
      extra.put(EXTRA + "node-name", List.of(node.name()));
      if (!node.uid().isEmpty()) {
        extra.put(EXTRA + "node-uid", List.of(node.uid()));
      }
    }
    return extra;
  }
}
