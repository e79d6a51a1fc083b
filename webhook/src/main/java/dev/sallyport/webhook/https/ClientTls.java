package dev.sallyport.webhook.https;

import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.webhook.TlsPeer;
import io.netty.channel.Channel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;

/**
 * TLS 1.2 and 1.3 towards one {@link TlsPeer}. A server must chain to the peer's authorities and
 * carry the name that was meant; neither can be turned off.
 */
final class ClientTls {

  private static final int HANDSHAKE_MILLIS = 10_000;

  private final SslContext context;
  private final TlsPeer peer;

  private ClientTls(SslContext context, TlsPeer peer) {
    this.context = context;
    this.peer = peer;
  }

  /** May read this machine's authorities from disk: not for an event loop. */
  static ClientTls of(TlsPeer peer, SslProvider provider) throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(provider)
            .protocols("TLSv1.3", "TLSv1.2")
            .endpointIdentificationAlgorithm("HTTPS");
    if (!peer.authorities().isEmpty()) {
      builder.trustManager(peer.authorities());
    }
    if (peer.identity().isPresent()) {
      CertifiedKey own = peer.identity().get();
      builder.keyManager(own.key(), own.chain());
    }
    return new ClientTls(builder.build(), peer);
  }

  /** The same engine as for clients of this server ({@code sallyport.tls.engine}). */
  static SslProvider provider() {
    boolean jdk = "jdk".equalsIgnoreCase(System.getProperty("sallyport.tls.engine"));
    return !jdk && OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
  }

  SslHandler handler(Channel channel, Origin origin) {
    SslHandler handler = context.newHandler(channel.alloc(), name(origin), origin.port());
    handler.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
    return handler;
  }

  /**
   * What the JDK lets pass: a certificate without any DNS name in its subjectAltName, where it then
   * looks at the common name, which no browser and no Kubernetes client does any more.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9525#section-2">RFC 9525, 2</a>
   */
  void checkNames(SslHandler handler, Origin origin) throws SSLException, CertificateException {
    Certificate leaf = handler.engine().getSession().getPeerCertificates()[0];
    if (!AlternativeNames.coverKindOf(name(origin), (X509Certificate) leaf)) {
      throw new CertificateException(
          "the certificate has no subjectAltName of the kind of " + name(origin));
    }
  }

  private String name(Origin origin) {
    return peer.serverName().orElse(origin.host());
  }
}
