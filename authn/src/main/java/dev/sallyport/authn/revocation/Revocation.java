package dev.sallyport.authn.revocation;

/**
 * One credential, or all older ones of a user, called in. Exactly one of the three ways to name it
 * is used.
 *
 * @param name what the revocation itself is called
 * @param credentialId as in the {@code authentication.kubernetes.io/credential-id} extra, or ""
 * @param serialNumber a certificate's, in lower-case hexadecimal digits without leading zeros, or
 *     ""
 * @param user whose credentials, or ""
 * @param issuedBefore with {@code user}: those issued before this time, in milliseconds since the
 *     epoch; a credential that does not tell its age is older than any
 */
public record Revocation(
    String name, String credentialId, String serialNumber, String user, long issuedBefore) {

  /** A certificate by the SHA-256 of its DER form, in hexadecimal digits. */
  public static Revocation ofFingerprint(String name, String sha256) {
    return new Revocation(name, "X509SHA256=" + sha256, "", "", 0);
  }

  /** A token by its {@code jti}. */
  public static Revocation ofTokenId(String name, String id) {
    return new Revocation(name, "JTI=" + id, "", "", 0);
  }

  /** A certificate by its serial number, whoever issued it. */
  public static Revocation ofSerialNumber(String name, String serialNumber) {
    return new Revocation(name, "", serialNumber, "", 0);
  }

  /** Whatever a user held before that time. */
  public static Revocation ofUser(String name, String user, long issuedBefore) {
    return new Revocation(name, "", "", user, issuedBefore);
  }
}
