package dev.sallyport.server.tls;

import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.internal.tcnative.SSL;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

/** Turns session resumption off, as far as an engine lets it be turned off. */
final class Resumption {

  private Resumption() {}

  static void disable(SslContext context) {
    SSLSessionContext sessions = context.sessionContext();
    if (sessions instanceof OpenSslSessionContext openssl) {
      openssl.setSessionCacheEnabled(false);
    } else {
      // The JDK knows no switch: a session that lives for one second is the least there is.
      sessions.setSessionTimeout(1);
      sessions.setSessionCacheSize(1);
    }
  }

  /**
   * Keeps a connection from handing out tickets, which are another matter than the cache: where TLS
   * 1.3 may be spoken, Netty switches them on for each engine, whatever its context says.
   */
  @SuppressWarnings("deprecation") // there is no other way to an engine's options
  static void disable(SSLEngine engine) {
    if (engine instanceof ReferenceCountedOpenSslEngine openssl) {
      SSL.setOptions(openssl.sslPointer(), SSL.SSL_OP_NO_TICKET);
    }
  }
}
