package dev.sallyport.authn.x509;

import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** What a trusted certificate says about its holder: CN is the user, every O a group. */
final class CertificateUser {

  private CertificateUser() {}

  static AuthenticationResult of(SubjectName name, byte[] encoded) {
    if (name.commonName().isEmpty()) {
      return AuthenticationResult.Abstained.INSTANCE;
    }
    List<String> uids = name.uids();
    if (uids.size() > 1 || uids.contains("")) {
      return new AuthenticationResult.Rejected("a certificate with an empty or a second user id");
    }
    String uid = uids.isEmpty() ? "" : uids.get(0);
    UserInfo user =
        new UserInfo(
            name.commonName(),
            uid,
            name.organizations(),
            Map.of(WellKnown.EXTRA_CREDENTIAL_ID, List.of("X509SHA256=" + fingerprint(encoded))));
    return new AuthenticationResult.Authenticated(user, Audiences.ANY);
  }

  private static String fingerprint(byte[] encoded) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
