package dev.sallyport.proxy.factory;

import dev.sallyport.config.UpstreamTls;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.Certificates;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pki.RareKeys;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * TLS towards a backend, whose certificate is always verified.
 *
 * @param plain offers no protocol by ALPN: HTTP/1.1
 * @param http2 offers h2 before http/1.1; the same as plain where HTTP/2 is not spoken
 * @param parts what both were made of
 */
record ClientContexts(SslContext plain, SslContext http2, Parts parts) {

  /** Equal ones make the same contexts. */
  record Parts(List<X509Certificate> authorities, Optional<CertifiedKey> identity, boolean http2) {}

  static Watched<ClientContexts> watch(UpstreamTls tls, FileWatcher watcher, boolean http2)
      throws InvalidFileException {
    List<Path> files = new ArrayList<>();
    tls.certificateAuthority().ifPresent(files::add);
    tls.clientCertificate()
        .ifPresent(
            pair -> {
              files.add(pair.certificate());
              files.add(pair.key());
            });
    return watcher.watch(files, contents -> of(tls, contents, http2));
  }

  private static ClientContexts of(UpstreamTls tls, List<FileContent> contents, boolean http2)
      throws InvalidFileException {
    int next = 0;
    List<X509Certificate> authorities =
        tls.certificateAuthority().isPresent()
            ? Certificates.parse(contents.get(next++))
            : List.of();
    Optional<CertifiedKey> identity =
        tls.clientCertificate().isPresent()
            ? Optional.of(CertifiedKey.parse(contents.get(next), contents.get(next + 1)))
            : Optional.empty();
    Path named = contents.isEmpty() ? Path.of("cacerts") : contents.get(0).file();
    return of(authorities, identity, http2, named);
  }

  /**
   * @param authorities whom its certificate must chain to; empty: the JDK's roots
   * @param identity what is shown to it
   * @param named the file to blame
   */
  static ClientContexts of(
      List<X509Certificate> authorities, Optional<CertifiedKey> identity, boolean http2, Path named)
      throws InvalidFileException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(provider(authorities))
            .protocols("TLSv1.3", "TLSv1.2")
            .endpointIdentificationAlgorithm("HTTPS");
    if (!authorities.isEmpty()) {
      builder.trustManager(authorities);
    }
    identity.ifPresent(pair -> builder.keyManager(pair.key(), pair.chain()));
    try {
      SslContext plain = builder.build();
      return new ClientContexts(
          plain,
          http2 ? builder.applicationProtocolConfig(offered()).build() : plain,
          new Parts(authorities, identity, http2));
    } catch (SSLException | IllegalArgumentException e) {
      throw new InvalidFileException(named, "cannot be used for TLS", e);
    }
  }

  private static ApplicationProtocolConfig offered() {
    return new ApplicationProtocolConfig(
        ApplicationProtocolConfig.Protocol.ALPN,
        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
        ApplicationProtocolNames.HTTP_2,
        ApplicationProtocolNames.HTTP_1_1);
  }

  /**
   * The same engine as for clients ({@code sallyport.tls.engine}), but for upstreams whose
   * authority has a key that only the JDK's TLS verifies.
   */
  private static SslProvider provider(List<X509Certificate> authorities) {
    String wanted = System.getProperty("sallyport.tls.engine", "auto").toLowerCase(Locale.ROOT);
    boolean jdk =
        switch (wanted) {
          case "openssl" -> false;
          case "jdk" -> true;
          default -> RareKeys.amongThoseOf(authorities);
        };
    return !jdk && OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
  }
}
