package dev.sallyport.authn.x509;

import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.Credential;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** What a trusted certificate says about its holder: CN is the user, every O a group. */
final class CertificateUser {

  private CertificateUser() {}

  /**
   * @param until the last millisecond since the epoch at which the whole path is valid
   */
  static AuthenticationResult of(SubjectName name, PathCertificate leaf, long until) {
    if (name.commonName().isEmpty()) {
      return AuthenticationResult.Abstained.INSTANCE;
    }
    List<String> uids = name.uids();
    if (uids.size() > 1 || uids.contains("")) {
      return new AuthenticationResult.Rejected("a certificate with an empty or a second user id");
    }
    String uid = uids.isEmpty() ? "" : uids.get(0);
    String id = "X509SHA256=" + fingerprint(leaf.encoded());
    UserInfo user =
        new UserInfo(
            name.commonName(),
            uid,
            name.organizations(),
            Map.of(WellKnown.EXTRA_CREDENTIAL_ID, List.of(id)));
    X509Certificate certificate = leaf.certificate();
    return new AuthenticationResult.Authenticated(
        user,
        Audiences.ANY,
        new Credential(id, certificate, certificate.getNotBefore().getTime(), until));
  }

  private static String fingerprint(byte[] encoded) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
