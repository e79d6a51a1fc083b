package dev.sallyport.server.netty.http2;

import static dev.sallyport.server.netty.http2.H2Client.END_STREAM;
import static dev.sallyport.server.netty.http2.H2Client.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Credential;
import dev.sallyport.config.UpstreamConfig;
import dev.sallyport.config.UpstreamIdentity;
import dev.sallyport.config.UpstreamTls;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.factory.UpstreamFactory;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.endpoint.proxy.ProxyEndpoint;
import dev.sallyport.server.netty.Buffers;
import dev.sallyport.server.netty.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 requests on their way to a backend of HTTP/1.1, which keeps every byte it is sent. */
final class Http2ToUpstreamTest {

  private static final int PATIENCE_SECONDS = 20;

  private final FileWatcher watcher = new FileWatcher();
  private final CompletableFuture<String> seen = new CompletableFuture<>();
  private ServerSocket backend;
  private Upstream upstream;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    backend = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    upstream =
        UpstreamFactory.create(
            new UpstreamConfig(
                URI.create("http://127.0.0.1:" + backend.getLocalPort()),
                UpstreamTls.DEFAULT,
                Optional.empty(),
                UpstreamIdentity.HEADERS),
            watcher,
            Buffers.POOL);
    ProxyEndpoint endpoint = new ProxyEndpoint(upstream, false);
    server =
        TestServer.start(
            request ->
                endpoint.answer(
                    RequestContext.of(request, "audit")
                        .authenticated(UserInfo.of("ann"), Credential.NONE, request)));
    Thread reader = new Thread(this::readAll, "backend");
    reader.setDaemon(true);
    reader.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    upstream.close();
    watcher.close();
    backend.close();
  }

  /** Answers a whole head without a body, and reads until the gateway closes. */
  private void readAll() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Socket socket = backend.accept()) {
      InputStream in = socket.getInputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        bytes.write(b);
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        if (text.startsWith("GET ") && text.endsWith("\r\n\r\n")) {
          socket
              .getOutputStream()
              .write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
          seen.complete(text);
        }
      }
    } catch (IOException reset) {
      // as good as a close
    }
    seen.complete(bytes.toString(StandardCharsets.ISO_8859_1));
  }

  private String seen() throws Exception {
    return seen.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 6})
  void case39BodyThatIsNotAsLongAsDeclaredCompletesNoRequest(int sent) throws Exception {
    try (H2Client client = new H2Client(server.port())) {
      client.headers(1, false, request("POST", "/a", "content-length", "5"));
      client.frame(H2Client.DATA, END_STREAM, 1, "x".repeat(sent).getBytes("US-ASCII")).flush();
      assertEquals(H2Client.PROTOCOL_ERROR, client.await(H2Client.RST_STREAM, 1).code());
    }
    if (backendWasReached()) {
      String text = seen();
      String body = text.substring(text.indexOf("\r\n\r\n") + 4);
      assertTrue(body.length() < 5, text);
    }
  }

  /** The stream may break before a connection stands. */
  private boolean backendWasReached() throws Exception {
    upstream.close(); // a connection that came too late is idle now
    backend.close();
    return !seen().isEmpty();
  }

  @Test
  void case42BackendGetsOneHost() throws Exception {
    try (H2Client client = new H2Client(server.port())) {
      client.headers(1, true, request("GET", "/a", "host", "sallyport", "x-host", "no")).flush();
      client.await(H2Client.HEADERS, 1);
    }
    String[] lines = seen().split("\r\n");
    long hosts =
        java.util.Arrays.stream(lines)
            .filter(line -> line.regionMatches(true, 0, "host:", 0, 5))
            .count();
    assertEquals(1, hosts, seen());
    assertTrue(seen().contains("Host: 127.0.0.1:" + backend.getLocalPort()), seen());
  }

  @Test
  void case38NothingMalformedIsPassedOn() throws Exception {
    try (H2Client client = new H2Client(server.port())) {
      client.headers(1, true, request("GET", "/a", "x", "a\r\nX-Remote-User: root")).flush();
      assertEquals(H2Client.PROTOCOL_ERROR, client.await(H2Client.RST_STREAM, 1).code());
    }
    assertFalse(backendWasReached(), seen());
  }

  @Test
  void cookiesOfSeveralLinesBecomeOne() throws Exception {
    try (H2Client client = new H2Client(server.port())) {
      client.headers(1, true, request("GET", "/a", "cookie", "a=1", "x", "y", "cookie", "b=2"));
      client.flush();
      client.await(H2Client.HEADERS, 1);
    }
    assertTrue(
        seen().toLowerCase(java.util.Locale.ROOT).contains("\r\ncookie: a=1; b=2\r\n"), seen());
  }
}
