package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.KeyPairFiles;
import dev.sallyport.it.peers.GrpcPeer;
import dev.sallyport.it.peers.NodePeer;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Backends behind TLS, by HTTP/2 and HTTP/1.1, through one built server: Node, nginx, grpc-java and
 * another Sallyport.
 */
@Needs({"node", "curl", "nginx", "kubectl"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsUpstreamsIT {

  private static final String UPSTREAM =
      "- {name: %s, protocol: %s, endpoints: [{url: 'https://127.0.0.1:%d'}], tls:"
          + " {certificateAuthority: peers.crt}}\n";
  private static final String ROUTE =
      "- {name: %s, match: {pathPrefix: /%s}, upstreams: [{name: %s}], stripPrefix: true}\n";
  private static final String ANN = "Bearer t-ann";

  private Path folder;
  private NodePeer node;
  private NodePeer old;
  private NodePeer first;
  private NodePeer second;
  private Nginx nginx;
  private GrpcPeer grpc;
  private SallyportProcess cluster;
  private SallyportProcess server;

  @BeforeAll
  void start(@TempDir Path given) throws Exception {
    folder = given;
    BackendAuthority authority = new BackendAuthority();
    Files.writeString(folder.resolve("peers.crt"), authority.certificate());
    KeyPairFiles pair = authority.server(folder, "peer");
    String[] keys = {pair.certificate().toString(), pair.key().toString()};
    node = NodePeer.start("http2.js", folder, keys);
    first = NodePeer.start("http2.js", folder, keys);
    second = NodePeer.start("http2.js", folder, keys);
    old = NodePeer.start("http2.js", folder, keys[0], keys[1], "", "http1");
    Path pages = Files.createDirectory(folder.resolve("nginx"));
    nginx = Nginx.secure(pages, pair.certificate(), pair.key());
    grpc = GrpcPeer.secure(pair.certificate(), pair.key());
    cluster = SallyportProcess.start(Files.createDirectory(folder.resolve("cluster")));
    Files.writeString(folder.resolve("tokens.csv"), "t-ann,ann,u1,\"system:masters\"\n");
    Files.writeString(folder.resolve("routes.yaml"), routes());
    server =
        SallyportProcess.start(
            folder, "--token-auth-file=tokens.csv", "--routes-config=routes.yaml");
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
    cluster.close();
    grpc.close();
    nginx.close();
    List.of(node, old, first, second).forEach(NodePeer::close);
  }

  private String routes() {
    StringBuilder upstreams = new StringBuilder();
    StringBuilder routes = new StringBuilder();
    Map<String, Integer> ports = new TreeMap<>();
    ports.put("node", node.port());
    ports.put("old", old.port());
    ports.put("nginx", nginx.http2Port());
    ports.put("plain", nginx.tlsPort());
    ports.forEach(
        (name, port) -> {
          for (String protocol : new String[] {"http1", "http2", "auto"}) {
            String each = name + "-" + protocol;
            upstreams.append(UPSTREAM.formatted(each, protocol, port));
            routes.append(ROUTE.formatted(each, each, each));
          }
        });
    upstreams.append(UPSTREAM.formatted("grpc", "http2", grpc.port()));
    routes.append("- {name: grpc, match: {pathPrefix: /test.Texts}, upstreams: [{name: grpc}]}\n");
    routes.append(ROUTE.formatted("pair", "pair", "pair"));
    routes.append(ROUTE.formatted("cluster", "cluster", "cluster"));
    return """
    apiVersion: sallyport.dev/v1alpha1
    kind: RouteConfiguration
    upstreams:
    - name: pair
      protocol: http2
      endpoints: [{url: 'https://127.0.0.1:%d', weight: 2}, {url: 'https://127.0.0.1:%d'}]
      tls: {certificateAuthority: peers.crt}
      healthCheck: {path: /headers, interval: 200ms, unhealthyAfter: 2}
    - name: cluster
      protocol: http2
      kubeconfig: {file: %s}
    """
            .formatted(first.port(), second.port(), cluster.adminKubeconfig())
        + upstreams
        + "routes:\n"
        + routes;
  }

  private Tool.Result curl(String arguments, String path) {
    return Tool.bash(
        folder,
        Map.of(),
        "curl -sS --cacert sallyport-data/ca.crt -H 'Authorization: "
            + ANN
            + "' "
            + arguments
            + " "
            + server.url(path));
  }

  private PlainHttps.Reply get(String path) {
    try {
      return PlainHttps.trustingAll().get(server.url(path), "Authorization", ANN);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"node-http2,2.0,h2", "node-auto,2.0,h2", "node-http1,1.1,''", "old-auto,1.1,''"})
  void bodiesPassBothWaysInTheProtocolThatWasAgreedOn(String route, String version, String alpn)
      throws Exception {
    Files.writeString(folder.resolve("body"), "body ".repeat(100_000));
    for (String ours : new String[] {"--http1.1", "--http2"}) {
      String seen = curl(ours, "/" + route + "/headers").expectSuccess().out();
      assertTrue(seen.contains("\"version\":\"" + version + "\""), seen);
      assertTrue(seen.contains("\"alpn\":\"" + alpn + "\""), seen);
      assertTrue(seen.contains("\"x-remote-user\":\"ann\""), seen);
      assertFalse(seen.contains("t-ann"), seen);
      assertEquals(2 << 20, curl(ours, "/" + route + "/large").expectSuccess().out().length());
      assertEquals(
          500_000,
          curl(ours + " --data-binary @body", "/" + route + "/echo")
              .expectSuccess()
              .out()
              .length());
      assertNotEquals(0, curl(ours, "/" + route + "/break").exit());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nginx-http2,HTTP/2.0",
    "nginx-auto,HTTP/2.0",
    "nginx-http1,HTTP/1.1",
    "plain-auto,HTTP/1.1",
    "plain-http1,HTTP/1.1"
  })
  void nginxIsSpokenToInTheProtocolThatItOffers(String route, String protocol) {
    String seen = get("/" + route + "/echo").body();
    assertTrue(seen.startsWith("protocol=" + protocol + ";user=ann;"), seen);
  }

  /** All of them find out at once that there is no HTTP/2; each arrives, and once. */
  @Test
  void manyWhoFallBackAtOnceLoseNothing() throws Exception {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String body = "--http2 --data-binary " + "x".repeat(1000) + i;
      answers.add(CompletableFuture.supplyAsync(() -> curl(body, "/old-auto/echo").out()));
    }
    for (int i = 0; i < 20; i++) {
      assertEquals("x".repeat(1000) + i, answers.get(i).get(60, TimeUnit.SECONDS));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"old-http2", "plain-http2"})
  void whoOffersNoHttp2IsToldOfByName(String route) {
    PlainHttps.Reply reply = get("/" + route + "/headers");
    assertEquals(503, reply.status(), reply.body());
    assertTrue(
        reply.body().contains("\"message\":\"upstream " + route + " offers no HTTP/2\""),
        reply.body());
  }

  /** An upgrade has no words in HTTP/2: it goes by HTTP/1.1, and other requests as before. */
  @ParameterizedTest
  @ValueSource(strings = {"node-http2", "node-auto"})
  void webSocketsGoBesideHttp2(String route) throws Exception {
    try (Socket socket =
        PlainHttps.trustingAllContext()
            .getSocketFactory()
            .createSocket("127.0.0.1", server.port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("GET /"
                  + route
                  + "/talk HTTP/1.1\r\nHost: x\r\nAuthorization: "
                  + ANN
                  + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                  + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      String head = head(socket.getInputStream());
      assertTrue(head.startsWith("HTTP/1.1 101 "), head);
      assertTrue(head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), head);
      out.write("there and back".getBytes(StandardCharsets.US_ASCII));
      assertEquals(
          "there and back",
          new String(socket.getInputStream().readNBytes(14), StandardCharsets.US_ASCII));
      String seen = get("/" + route + "/headers").body();
      assertTrue(seen.contains("\"version\":\"2.0\""), seen);
    }
  }

  private static String head(InputStream in) throws Exception {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      assertTrue(b >= 0, () -> "ended: " + head);
      head.append((char) b);
    }
    return head.toString();
  }

  /** nginx answers before it has read all, and hangs up: whoever uploads is told why. */
  @ParameterizedTest
  @ValueSource(strings = {"nginx-http2", "nginx-http1", "plain-http1"})
  void anEarlyRefusalOfAnUploadReachesTheClient(String route) throws Exception {
    Files.write(folder.resolve("upload"), new byte[8 << 20]);
    for (String ours : new String[] {"--http1.1", "--http2"}) {
      for (int i = 0; i < 5; i++) {
        Tool.Result result =
            curl(
                ours + " -H 'Expect:' -o refusal -w '%{http_code}' --data-binary @upload",
                "/" + route + "/small");
        assertEquals("413", result.out(), () -> result.err() + server.log());
        assertTrue(Files.readString(folder.resolve("refusal")).contains("nginx"));
      }
    }
  }

  @Test
  void grpcGoesOverTls() throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port())
            .sslContext(
                GrpcSslContexts.forClient()
                    .trustManager(folder.resolve("sallyport-data/ca.crt").toFile())
                    .build())
            .build();
    try {
      Metadata headers = new Metadata();
      headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), ANN);
      Channel ann =
          ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
      CallOptions patient = CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS);
      assertEquals(
          "you said hello", ClientCalls.blockingUnaryCall(ann, GrpcPeer.UNARY, patient, "hello"));
      Iterator<String> pieces =
          ClientCalls.blockingServerStreamingCall(ann, GrpcPeer.DOWN, patient, "500");
      int count = 0;
      while (pieces.hasNext()) {
        assertEquals("piece " + count++, pieces.next());
      }
      assertEquals(500, count);
      assertTrue(grpc.calls.stream().allMatch(call -> call.contains("x-remote-user=ann")));
    } finally {
      channel.shutdownNow().awaitTermination(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void anotherSallyportIsAClusterOverHttp2() throws Exception {
    String kubectl =
        "kubectl --server=%s --certificate-authority=sallyport-data/ca.crt --token=t-ann "
            .formatted(server.url("/cluster"));
    Map<String, String> nobody =
        Map.of("HOME", folder.toString(), "KUBECONFIG", folder.resolve("none").toString());
    Path out = folder.resolve("watched");
    ProcessBuilder watching =
        new ProcessBuilder("bash", "-c", "exec " + kubectl + "get configmaps -w -o name")
            .directory(folder.toFile())
            .redirectOutput(out.toFile());
    watching.environment().putAll(nobody);
    Process watcher = watching.start();
    try {
      Eventually.holds("the watch has begun", () -> Files.readString(out).contains("kube-root-ca"));
      Tool.bash(folder, nobody, kubectl + "create configmap through --from-literal=a=b")
          .expectSuccess();
      Eventually.holds(
          "the watch tells of it", () -> Files.readString(out).contains("configmap/through"));
      String who =
          Tool.bash(folder, nobody, kubectl + "auth whoami -o jsonpath={.status.userInfo.username}")
              .expectSuccess()
              .out();
      assertEquals("ann", who);
    } finally {
      watcher.destroy();
    }
    assertTrue(cluster.kubectl("get configmap through").expectSuccess().out().contains("through"));
  }

  /** Two endpoints by HTTP/2 over TLS: their shares are exact, and the death of one is not felt. */
  @Test
  void aGroupSharesAndOutlivesAnEndpoint() throws Exception {
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < 30; i++) {
      counts.merge(port(get("/pair/headers")), 1, Integer::sum);
    }
    assertEquals(Map.of("" + first.port(), 20, "" + second.port(), 10), counts);
    CompletableFuture<Integer> load =
        CompletableFuture.supplyAsync(
            () -> {
              int served = 0;
              for (int i = 0; i < 300; i++) {
                assertEquals(200, get("/pair/headers").status());
                served++;
              }
              return served;
            });
    first.kill();
    assertEquals(300, load.get(120, TimeUnit.SECONDS));
    String gauge =
        "sallyport_upstream_healthy{endpoint=\"https://127.0.0.1:"
            + first.port()
            + "\",upstream=\"pair\"} 0";
    Eventually.holds("probes leave it out", () -> get("/metrics").body().contains(gauge));
    assertEquals("" + second.port(), port(get("/pair/headers")));
  }

  private static String port(PlainHttps.Reply reply) {
    assertEquals(200, reply.status(), reply.body());
    int at = reply.body().indexOf("\"port\":") + 7;
    return reply.body().substring(at, reply.body().indexOf(',', at));
  }
}
