package dev.sallyport.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * TLS with an upstream. Its certificate is always verified.
 *
 * @param certificateAuthority a bundle of those it must chain to; empty: the JDK's roots
 * @param clientCertificate shown to it
 * @param serverName the name that its certificate must carry and that is sent as SNI; empty: the
 *     host of the URL
 */
public record UpstreamTls(
    Optional<Path> certificateAuthority,
    Optional<KeyPairFiles> clientCertificate,
    Optional<String> serverName) {

  public static final UpstreamTls DEFAULT =
      new UpstreamTls(Optional.empty(), Optional.empty(), Optional.empty());
}
