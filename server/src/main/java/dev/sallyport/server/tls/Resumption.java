package dev.sallyport.server.tls;

import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import javax.net.ssl.SSLSessionContext;

/** Turns session resumption off, as far as an engine lets it be turned off. */
final class Resumption {

  private Resumption() {}

  static void disable(SslContext context) {
    SSLSessionContext sessions = context.sessionContext();
    if (sessions instanceof OpenSslSessionContext openssl) {
      openssl.setSessionCacheEnabled(false); // tickets are off unless keys are set
    } else {
      // The JDK knows no switch: a session that lives for one second is the least there is.
      sessions.setSessionTimeout(1);
      sessions.setSessionCacheSize(1);
    }
  }
}
