package dev.sallyport.webhook;

import dev.sallyport.config.pem.CertifiedKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * How a server proves who it is, and how we do. The server's name is always checked; nothing here
 * can turn that off.
 *
 * @param authorities whom its certificate must chain to; empty: the authorities of this machine
 * @param identity our own certificate, for servers that ask for one
 * @param serverName the name that its certificate must carry and that is sent as SNI; without it
 *     the host of the URL
 */
public record TlsPeer(
    List<X509Certificate> authorities,
    Optional<CertifiedKey> identity,
    Optional<String> serverName) {

  /** A public server: trusted by this machine's authorities, no certificate of ours. */
  public static final TlsPeer PUBLIC = of(List.of());

  public TlsPeer {
    authorities = List.copyOf(authorities);
  }

  /** Trusted by these authorities, or this machine's when there are none. */
  public static TlsPeer of(List<X509Certificate> authorities) {
    return new TlsPeer(authorities, Optional.empty(), Optional.empty());
  }
}
