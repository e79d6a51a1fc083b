package dev.sallyport.authn.token.serviceaccount;

import dev.sallyport.authn.token.jwt.TokenFault;
import java.util.List;

/**
 * What a token says that a secret of type kubernetes.io/service-account-token holds. It has no end.
 *
 * @param audiences whom it is meant for; empty means the API itself
 */
record LegacyClaims(
    List<String> audiences, String subject, String namespace, String secret, BoundObject account) {

  /** The issuer of all of them, whatever the issuer of other tokens is called. */
  static final String ISSUER = "kubernetes/serviceaccount";

  private static final String CLAIM = "kubernetes.io/serviceaccount/";
  static final String NAMESPACE = CLAIM + "namespace";
  static final String SECRET = CLAIM + "secret.name";
  static final String ACCOUNT = CLAIM + "service-account.name";
  static final String ACCOUNT_UID = CLAIM + "service-account.uid";

  LegacyClaims {
    audiences = List.copyOf(audiences);
  }

  /** Whether every claim is there and the subject is the account. */
  void check() throws TokenFault {
    present(subject, "sub");
    present(namespace, "namespace");
    present(secret, "secretName");
    present(account.name(), "serviceAccountName");
    present(account.uid(), "serviceAccountUID");
    if (!subject.equals(ServiceAccountUser.name(namespace, account.name()))) {
      throw new TokenFault("sub claim is invalid");
    }
  }

  private static void present(String value, String claim) throws TokenFault {
    if (value.isEmpty()) {
      throw new TokenFault(claim + " claim is missing");
    }
  }
}
