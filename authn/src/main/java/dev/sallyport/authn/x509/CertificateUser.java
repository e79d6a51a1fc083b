package dev.sallyport.authn.x509;

import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import java.util.List;
import java.util.Map;

/** What a trusted certificate says about its holder: CN is the user, every O a group. */
final class CertificateUser {

  private CertificateUser() {}

  static AuthenticationResult of(ClientCertificate certificate) {
    if (certificate.commonName().isEmpty()) {
      return AuthenticationResult.Abstained.INSTANCE;
    }
    List<String> uids = certificate.uids();
    if (uids.size() > 1 || uids.contains("")) {
      return new AuthenticationResult.Rejected("a certificate with an empty or a second user id");
    }
    UserInfo user =
        new UserInfo(
            certificate.commonName(),
            uids.isEmpty() ? "" : uids.get(0),
            certificate.organizations(),
            Map.of(WellKnown.EXTRA_CREDENTIAL_ID, List.of(certificate.credential().id())));
    return new AuthenticationResult.Authenticated(user, Audiences.ANY, certificate.credential());
  }
}
