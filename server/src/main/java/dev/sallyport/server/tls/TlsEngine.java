package dev.sallyport.server.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which TLS implementation serves: BoringSSL where its library loads, else the JDK's. The system
 * property {@code sallyport.tls.engine} ({@code auto}, {@code openssl}, {@code jdk}) forces one.
 */
public enum TlsEngine {
  OPENSSL(SslProvider.OPENSSL),
  JDK(SslProvider.JDK);

  public static final String PROPERTY = "sallyport.tls.engine";

  private static final Logger log = LoggerFactory.getLogger(TlsEngine.class);

  private final SslProvider provider;

  TlsEngine(SslProvider provider) {
    this.provider = provider;
  }

  SslProvider provider() {
    return provider;
  }

  /**
   * @throws IllegalStateException when the engine that is asked for cannot be had
   */
  public static TlsEngine choose() {
    String wanted = System.getProperty(PROPERTY, "auto").toLowerCase(Locale.ROOT);
    return switch (wanted) {
      case "auto" -> automatic();
      case "jdk" -> jdk();
      case "openssl" -> openssl();
      default ->
          throw new IllegalStateException(
              PROPERTY + ": \"" + wanted + "\" (expected: auto, openssl or jdk)");
    };
  }

  private static TlsEngine automatic() {
    if (OpenSsl.isAvailable()) {
      return OPENSSL;
    }
    log.info("BoringSSL is not there, the JDK's TLS serves; a handshake costs more");
    log.debug("BoringSSL did not load", OpenSsl.unavailabilityCause());
    return jdk();
  }

  private static TlsEngine openssl() {
    if (!OpenSsl.isAvailable()) {
      throw new IllegalStateException(
          PROPERTY + ": openssl did not load", OpenSsl.unavailabilityCause());
    }
    return OPENSSL;
  }

  private static TlsEngine jdk() {
    // Read once by the JDK, when its first engine is made. BoringSSL never renegotiates anyway.
    if (System.getProperty("jdk.tls.rejectClientInitiatedRenegotiation") == null) {
      System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    }
    return JDK;
  }
}
