package dev.sallyport.authn;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind an identity, as far as it is known: by this it can be revoked, and by this
 * what it has opened ends in time.
 *
 * @param id what the {@code authentication.kubernetes.io/credential-id} extra says, or ""
 * @param certificate the client's certificate, or null
 * @param issuers the authorities on its path, nearest first; empty without a certificate
 * @param issuedAt milliseconds since the epoch, or {@link #UNKNOWN}
 * @param expiresAt milliseconds since the epoch, or {@link #NEVER}
 */
public record Credential(
    String id,
    @Nullable X509Certificate certificate,
    List<X509Certificate> issuers,
    long issuedAt,
    long expiresAt) {

  /** It does not say when it was issued: older than anything. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  /** It does not say when it ends. */
  public static final long NEVER = Long.MAX_VALUE;

  /** A credential without a name of its own, such as a static token. */
  public static final Credential NONE = new Credential("", null, UNKNOWN, NEVER);

  public Credential {
    issuers = List.copyOf(issuers);
  }

  /** One whose issuers are not known: a token, or a certificate that is trusted by itself. */
  public Credential(
      String id, @Nullable X509Certificate certificate, long issuedAt, long expiresAt) {
    this(id, certificate, List.of(), issuedAt, expiresAt);
  }
}
