package dev.sallyport.server.netty;

import dev.sallyport.api.Answer;
import dev.sallyport.config.ClientAddressConfig;
import dev.sallyport.config.TlsVersion;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.CertificateSpec;
import dev.sallyport.server.http.HttpHandler;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseHeaders;
import dev.sallyport.server.netty.exchange.HttpLimits;
import dev.sallyport.server.tls.TlsContextFactory;
import dev.sallyport.server.tls.TlsContexts;
import dev.sallyport.server.tls.TlsEngine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** A listener on a free port with a certificate of its own. */
public final class TestServer implements AutoCloseable {

  private static final Instant NOW = Instant.now();

  public static final CertificateAuthority CA =
      CertificateAuthority.create("test-ca", NOW.minusSeconds(3600), NOW.plusSeconds(3600));

  private final Listener listener;

  private TestServer(Listener listener) {
    this.listener = listener;
  }

  public static CertifiedKey certificate(String name) throws Exception {
    return CA.issue(
        CertificateSpec.server(
            name,
            List.of(name),
            List.of(InetAddress.getByName("127.0.0.1")),
            NOW.minusSeconds(3600),
            NOW.plusSeconds(3600)));
  }

  public static CertifiedKey client(String user) {
    return CA.issue(
        CertificateSpec.client(user, List.of(), NOW.minusSeconds(3600), NOW.plusSeconds(3600)));
  }

  public static TestServer start(HttpHandler handler) throws Exception {
    return start(HttpLimits.DEFAULTS, Duration.ofSeconds(10), handler);
  }

  public static TestServer start(HttpLimits limits, Duration handshake, HttpHandler handler)
      throws Exception {
    return start(
        new TlsContextFactory(TlsEngine.choose(List.of()), TlsVersion.TLS_1_2, List.of())
            .single(certificate("localhost")),
        limits,
        handshake,
        handler);
  }

  /** Believes what is configured about a client's address. */
  public static TestServer start(
      ClientAddressConfig clients, Duration patience, HttpHandler handler) throws Exception {
    TlsContexts contexts =
        new TlsContextFactory(TlsEngine.choose(List.of()), TlsVersion.TLS_1_2, List.of())
            .single(certificate("localhost"));
    return start(contexts, HttpLimits.DEFAULTS, patience, clients, handler);
  }

  public static TestServer start(
      TlsContexts contexts, HttpLimits limits, Duration handshake, HttpHandler handler)
      throws Exception {
    return start(contexts, limits, handshake, ClientAddressConfig.PEER, handler);
  }

  private static TestServer start(
      TlsContexts contexts,
      HttpLimits limits,
      Duration handshake,
      ClientAddressConfig clients,
      HttpHandler handler)
      throws Exception {
    ListenerConfig config =
        new ListenerConfig(
            List.of(new InetSocketAddress("127.0.0.1", 0)), limits, handshake, 2, clients);
    return new TestServer(
        Listener.start(config, () -> contexts, handler)
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS));
  }

  public Listener listener() {
    return listener;
  }

  public int port() {
    return listener.address().getPort();
  }

  /** Trusts every certificate: what is tested here stands behind the handshake. */
  public static SSLContext clientContext(KeyManager... keys) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, new TrustManager[] {new TrustAll()}, null);
    return context;
  }

  public static Response text(int status, String body) {
    return new Response.Buffered(
        status,
        new ResponseHeaders().add("content-type", "text/plain"),
        List.of(new Response.Segment(body.getBytes(StandardCharsets.UTF_8))));
  }

  /** Says method, path and body back. */
  public static Answer<Response> echo(Request request) {
    return request
        .body()
        .read(3 << 20)
        .map(
            body ->
                text(
                    200,
                    request.method()
                        + " "
                        + request.path()
                        + " "
                        + new String(body, StandardCharsets.UTF_8)
                        + "\n"));
  }

  @Override
  public void close() throws Exception {
    listener.shutdown(Duration.ofMillis(200)).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
