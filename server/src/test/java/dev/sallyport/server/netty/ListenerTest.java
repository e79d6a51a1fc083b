package dev.sallyport.server.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.config.ClientAddressConfig;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.netty.exchange.HttpLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ListenerTest {

  private static HttpClient client(HttpClient.Version version) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(TestServer.clientContext())
        .version(version)
        .connectTimeout(Duration.ofSeconds(20))
        .build();
  }

  private static HttpRequest.Builder request(TestServer server, String path) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path));
  }

  @Test
  void servesBothVersions() throws Exception {
    try (TestServer server = TestServer.start(TestServer::echo)) {
      for (HttpClient.Version version : HttpClient.Version.values()) {
        HttpResponse<String> answer =
            client(version)
                .send(
                    request(server, "/x?y=z")
                        .POST(HttpRequest.BodyPublishers.ofString("body"))
                        .build(),
                    BodyHandlers.ofString());
        assertEquals(200, answer.statusCode());
        assertEquals(version, answer.version());
        assertEquals("POST /x body\n", answer.body());
      }
    }
  }

  @Test
  void largeBodiesGoBothWays() throws Exception {
    String large = "0123456789abcdef".repeat(150_000);
    try (TestServer server = TestServer.start(TestServer::echo)) {
      for (HttpClient.Version version : HttpClient.Version.values()) {
        HttpResponse<String> answer =
            client(version)
                .send(
                    request(server, "/x").POST(HttpRequest.BodyPublishers.ofString(large)).build(),
                    BodyHandlers.ofString());
        assertEquals("POST /x " + large + "\n", answer.body());
      }
    }
  }

  @Test
  void portInUseIsNamed() throws Exception {
    try (TestServer server = TestServer.start(TestServer::echo)) {
      InetSocketAddress taken = server.listener().address();
      ListenerConfig config = ListenerConfig.of(taken, 100, ClientAddressConfig.PEER);
      ExecutionException failure =
          assertThrows(
              ExecutionException.class,
              () ->
                  Listener.start(
                          config,
                          () -> {
                            throw new AssertionError("no connection is expected");
                          },
                          TestServer::echo)
                      .toCompletableFuture()
                      .get(20, TimeUnit.SECONDS));
      ListenException cause = assertInstanceOf(ListenException.class, failure.getCause());
      assertEquals(taken, cause.address());
    }
  }

  @Test
  void listensOnSeveralAddresses() throws Exception {
    ListenerConfig config =
        new ListenerConfig(
            List.of(new InetSocketAddress("127.0.0.1", 0), new InetSocketAddress("::1", 0)),
            HttpLimits.DEFAULTS,
            Duration.ofSeconds(10),
            1);
    Listener listener =
        Listener.start(
                config,
                () -> {
                  throw new AssertionError("no handshake is expected");
                },
                TestServer::echo)
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    for (InetSocketAddress address : listener.addresses()) {
      try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
        assertTrue(socket.isConnected());
      }
    }
    listener.shutdown(Duration.ZERO).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void case187RunningExchangesEndBeforeTheServerDoes() throws Exception {
    CompletableFuture<Response> late = new CompletableFuture<>();
    CountDownLatch arrived = new CountDownLatch(1);
    TestServer server =
        TestServer.start(
            request -> {
              arrived.countDown();
              return Answer.later(late);
            });
    CompletableFuture<HttpResponse<String>> answer =
        client(HttpClient.Version.HTTP_1_1)
            .sendAsync(request(server, "/slow").build(), BodyHandlers.ofString());
    assertTrue(arrived.await(20, TimeUnit.SECONDS));
    int port = server.port();
    CompletableFuture<Void> stopped =
        server.listener().shutdown(Duration.ofSeconds(20)).toCompletableFuture();
    late.complete(TestServer.text(200, "done"));
    assertEquals("done", answer.get(20, TimeUnit.SECONDS).body());
    stopped.get(20, TimeUnit.SECONDS);
    assertThrows(IOException.class, () -> new Socket("127.0.0.1", port).close());
  }

  @Test
  void whatLastsLongerThanTheGraceIsCutOff() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    TestServer server =
        TestServer.start(
            request -> {
              arrived.countDown();
              return Answer.later(new CompletableFuture<>());
            });
    CompletableFuture<HttpResponse<String>> answer =
        client(HttpClient.Version.HTTP_1_1)
            .sendAsync(request(server, "/slow").build(), BodyHandlers.ofString());
    assertTrue(arrived.await(20, TimeUnit.SECONDS));
    server.close();
    assertThrows(ExecutionException.class, () -> answer.get(20, TimeUnit.SECONDS));
    assertEquals(0, server.listener().connections());
  }

  @Test
  void halfClosedClientIsNoticedAndCostsNothing() throws Exception {
    CountDownLatch aborted = new CountDownLatch(1);
    CountDownLatch arrived = new CountDownLatch(1);
    try (TestServer server =
            TestServer.start(
                request -> {
                  request.onAbort(aborted::countDown);
                  arrived.countDown();
                  return Answer.later(new CompletableFuture<>());
                });
        RawClient client = new RawClient(server.port())) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertTrue(arrived.await(20, TimeUnit.SECONDS));
      client.socket().close();
      assertTrue(aborted.await(20, TimeUnit.SECONDS));
    }
  }
}
