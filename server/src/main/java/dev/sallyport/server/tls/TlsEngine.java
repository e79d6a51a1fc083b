package dev.sallyport.server.tls;

import dev.sallyport.config.pki.RareKeys;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which TLS implementation serves: BoringSSL where its library loads, else the JDK's. The system
 * property {@code sallyport.tls.engine} ({@code auto}, {@code openssl}, {@code jdk}) forces one.
 *
 * <p>BoringSSL's Java binding has no call to widen the list of signatures that clients may prove
 * their keys with, and Ed25519 and P-521 are not in it. Where the authorities of clients use such
 * keys, clients will too, and the JDK's TLS takes them.
 */
public enum TlsEngine {
  OPENSSL(SslProvider.OPENSSL),
  JDK(SslProvider.JDK);

  public static final String PROPERTY = "sallyport.tls.engine";

  private static final Logger log = LoggerFactory.getLogger(TlsEngine.class);

  private final SslProvider provider;

  static {
    // Read once by the JDK, when its first server shakes hands. BoringSSL never renegotiates
    // anyway.
    if (System.getProperty("jdk.tls.rejectClientInitiatedRenegotiation") == null) {
      System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    }
  }

  TlsEngine(SslProvider provider) {
    this.provider = provider;
  }

  SslProvider provider() {
    return provider;
  }

  /**
   * @param clientAuthorities what clients' certificates will be judged by
   * @throws IllegalStateException when the engine that is asked for cannot be had
   */
  public static TlsEngine choose(Collection<X509Certificate> clientAuthorities) {
    String wanted = System.getProperty(PROPERTY, "auto").toLowerCase(Locale.ROOT);
    return switch (wanted) {
      case "auto" -> automatic(clientAuthorities);
      case "jdk" -> JDK;
      case "openssl" -> openssl();
      default ->
          throw new IllegalStateException(
              PROPERTY + ": \"" + wanted + "\" (expected: auto, openssl or jdk)");
    };
  }

  private static TlsEngine automatic(Collection<X509Certificate> clientAuthorities) {
    if (!OpenSsl.isAvailable()) {
      log.info("BoringSSL is not there, the JDK's TLS serves; a handshake costs more");
      log.debug("BoringSSL did not load", OpenSsl.unavailabilityCause());
      return JDK;
    }
    if (RareKeys.amongThoseOf(clientAuthorities)) {
      log.info(
          "An authority of clients has an Ed25519 or P-521 key: the JDK's TLS serves, which takes"
              + " such keys from clients; a handshake costs more");
      return JDK;
    }
    return OPENSSL;
  }

  private static TlsEngine openssl() {
    if (!OpenSsl.isAvailable()) {
      throw new IllegalStateException(
          PROPERTY + ": openssl did not load", OpenSsl.unavailabilityCause());
    }
    return OPENSSL;
  }
}
