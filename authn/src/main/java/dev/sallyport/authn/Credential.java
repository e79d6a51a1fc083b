package dev.sallyport.authn;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind an identity, as far as it is known: by this it can be revoked, and by this
 * what it has opened ends in time.
 *
 * @param id what the {@code authentication.kubernetes.io/credential-id} extra says, or ""
 * @param certificate the client's certificate, or null
 * @param issuedAt milliseconds since the epoch, or {@link #UNKNOWN}
 * @param expiresAt milliseconds since the epoch, or {@link #NEVER}
 */
public record Credential(
    String id, @Nullable X509Certificate certificate, long issuedAt, long expiresAt) {

  /** It does not say when it was issued: older than anything. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  /** It does not say when it ends. */
  public static final long NEVER = Long.MAX_VALUE;

  /** A credential without a name of its own, such as a static token. */
  public static final Credential NONE = new Credential("", null, UNKNOWN, NEVER);
}
