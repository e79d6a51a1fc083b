package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.sallyport.it.peers.TestKubelet;
import dev.sallyport.it.peers.TestKubelet.Speaks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * kubectl gets into a pod through Sallyport: exec, attach, cp, port-forward and logs, with the
 * client and the upstream each speaking SPDY or WebSocket.
 */
@Needs("kubectl")
final class PodStreamsIT {

  private static final int TEN_MEGABYTES = 10_000_000;
  private static final int TWENTY_MEGABYTES = 20_000_000;

  /** Far less than what passes while one side sleeps: whoever gathered it would not survive. */
  private static final String LITTLE_MEMORY =
      "-Xmx64m -XX:MaxDirectMemorySize=32m -Dio.netty.maxDirectMemory=33554432";

  /** Once in the recording of a session that has ended with a code. */
  private static final String ENDED = "NonZeroExitCode";

  @TempDir Path folder;
  private Path pod;

  @BeforeEach
  void prepare() throws IOException {
    pod = Files.createDirectory(folder.resolve("pod"));
    Files.writeString(folder.resolve("tokens.csv"), "t-ann,ann,u1,\"system:masters\"\n");
  }

  private SallyportProcess before(TestKubelet kubelet, String... more) {
    List<String> flags = new ArrayList<>(List.of(more));
    flags.add("--token-auth-file=tokens.csv");
    flags.add("--upstream=http://127.0.0.1:" + kubelet.port());
    return SallyportProcess.start(folder, flags.toArray(new String[0]));
  }

  private String kubectl(SallyportProcess server) {
    return "kubectl --server=%s --certificate-authority=sallyport-data/ca.crt --token=t-ann "
        .formatted(server.url(""));
  }

  private Tool.Result run(SallyportProcess server, boolean webSocket, String arguments) {
    return Tool.bash(folder, environment(webSocket), arguments.replace("KUBECTL", kubectl(server)));
  }

  private Map<String, String> environment(boolean webSocket) {
    String text = Boolean.toString(webSocket);
    return Map.of(
        "HOME",
        folder.toString(),
        "KUBECONFIG",
        folder.resolve("none").toString(),
        "KUBECTL_REMOTE_COMMAND_WEBSOCKETS",
        text,
        "KUBECTL_PORT_FORWARD_WEBSOCKETS",
        text);
  }

  private static Set<Speaks> only(String spoken) {
    return Set.of(Speaks.valueOf(spoken));
  }

  private static String streaming(String spoken) {
    return "--upstream-streaming=" + spoken.toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest(name = "client WebSocket: {0}, upstream: {1}")
  @CsvSource({"true,SPDY", "true,WEBSOCKET", "false,SPDY", "false,WEBSOCKET"})
  void kubectlGetsIntoThePod(boolean webSocket, String spoken) throws Exception {
    try (TestKubelet kubelet = TestKubelet.start(pod, only(spoken));
        SallyportProcess server = before(kubelet, streaming(spoken))) {
      exec(server, webSocket);
      attach(server, webSocket);
      copyBothWays(server, webSocket, TWENTY_MEGABYTES);
      terminal(server, webSocket, kubelet);
      forward(server, webSocket);
      assertTrue(
          kubelet.upgrades().stream()
              .allMatch(
                  each -> each.contains(spoken.equals("SPDY") ? "POST SPDY" : "GET websocket")),
          () -> "upgraded to " + kubelet.upgrades());
    }
  }

  private void exec(SallyportProcess server, boolean webSocket) {
    Tool.Result result =
        run(
            server,
            webSocket,
            "echo hello | KUBECTL exec -i web -- sh -c 'cat; echo aside >&2; exit 7'");
    assertEquals("hello\n", result.out());
    assertTrue(result.err().startsWith("aside\n"), result.err());
    assertEquals(7, result.exit(), result.err());
    assertEquals(
        "done\n", run(server, webSocket, "KUBECTL exec web -- echo done").expectSuccess().out());
  }

  private void attach(SallyportProcess server, boolean webSocket) {
    Tool.Result result = run(server, webSocket, "echo hello | KUBECTL attach -i web");
    assertEquals("attached\nhello\n", result.expectSuccess().out());
  }

  private void copyBothWays(SallyportProcess server, boolean webSocket, int size)
      throws IOException {
    byte[] content = new byte[size];
    new Random(7).nextBytes(content);
    Files.write(folder.resolve("sent"), content);
    run(server, webSocket, "KUBECTL cp sent web:" + pod.resolve("there")).expectSuccess();
    assertArrayEquals(content, Files.readAllBytes(pod.resolve("there")));
    run(server, webSocket, "KUBECTL cp web:there back").expectSuccess();
    assertArrayEquals(content, Files.readAllBytes(folder.resolve("back")));
  }

  private void terminal(SallyportProcess server, boolean webSocket, TestKubelet kubelet) {
    if (!Tool.find("script")) {
      return;
    }
    kubelet.sizes().clear();
    Tool.Result result =
        run(
            server,
            webSocket,
            "script -qec \"stty rows 33 cols 99; KUBECTL exec -it web -- tty\" /dev/null");
    assertTrue(result.out().contains("/dev/pts/"), result.out());
    assertTrue(
        kubelet.sizes().contains("{\"Width\":99,\"Height\":33}"), () -> kubelet.sizes() + "");
  }

  /** Several connections at once through one session, each with what it asked for. */
  private void forward(SallyportProcess server, boolean webSocket) throws Exception {
    byte[] content = new byte[TEN_MEGABYTES];
    new Random(8).nextBytes(content);
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.setExecutor(Executors.newCachedThreadPool());
    web.createContext(
        "/",
        exchange -> {
          byte[] name = exchange.getRequestURI().getPath().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, name.length + content.length);
          exchange.getResponseBody().write(name);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
    web.start();
    int port = SallyportProcess.freePort();
    Process forwarder = forwarder(server, webSocket, port, web.getAddress().getPort());
    try {
      Eventually.holds("the forwarder listens", () -> listens(port));
      List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + i)).build();
        // A client of its own each: no connection is shared.
        answers.add(
            HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()));
      }
      for (int i = 0; i < 5; i++) {
        byte[] body = answers.get(i).get(60, TimeUnit.SECONDS).body();
        assertEquals(2 + TEN_MEGABYTES, body.length);
        assertEquals("/" + i, new String(body, 0, 2, StandardCharsets.UTF_8));
      }
    } finally {
      forwarder.destroy();
      web.stop(0);
    }
  }

  private Process forwarder(SallyportProcess server, boolean webSocket, int from, int to)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                "bash", "-c", "exec " + kubectl(server) + "port-forward pod/web " + from + ":" + to)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("forward.log").toFile());
    builder.environment().putAll(environment(webSocket));
    return builder.start();
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** A hundred megabytes wait on the network, both ways, and not in the server's memory. */
  @ParameterizedTest(name = "client WebSocket: {0}, upstream: {1}")
  @CsvSource({"true,SPDY", "false,WEBSOCKET"})
  void whoReadsSlowlyCostsNoMemory(boolean webSocket, String spoken) throws Exception {
    try (TestKubelet kubelet = TestKubelet.start(pod, only(spoken));
        SallyportProcess server =
            SallyportProcess.startWith(
                LITTLE_MEMORY,
                folder,
                streaming(spoken),
                "--token-auth-file=tokens.csv",
                "--upstream=http://127.0.0.1:" + kubelet.port())) {
      assertEquals(
          "100000000\n",
          run(
                  server,
                  webSocket,
                  "head -c 100000000 /dev/zero | KUBECTL exec -i web -- sh -c 'sleep 2; wc -c'")
              .expectSuccess()
              .out());
      assertEquals(
          "100000000\n",
          run(
                  server,
                  webSocket,
                  "KUBECTL exec web -- head -c 100000000 /dev/zero | (sleep 2; wc -c)")
              .expectSuccess()
              .out());
    }
  }

  /**
   * As the Python client asks for it: one connection to each port, by channels. What passed is
   * audited and recorded.
   */
  @ParameterizedTest
  @ValueSource(strings = {"v4.channel.k8s.io", ""})
  void portsAreForwardedByChannels(String protocol) throws Exception {
    Files.writeString(
        folder.resolve("policy.yaml"),
        "{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: Metadata}]}");
    Path sessions = Files.createDirectory(folder.resolve("sessions"));
    try (TestKubelet kubelet = TestKubelet.start(pod, only("SPDY"));
        ServerSocket echo = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        SallyportProcess server =
            before(
                kubelet,
                streaming("SPDY"),
                "--session-recording-dir=sessions",
                "--audit-policy-file=policy.yaml",
                "--audit-log-path=audit.log")) {
      CompletableFuture<Void> echoed = CompletableFuture.runAsync(() -> echo(echo));
      Channels client = new Channels();
      String path = "/api/v1/namespaces/default/pods/web/portforward?ports=";
      WebSocket socket = open(server, path + echo.getLocalPort(), protocol, client);
      assertEquals(protocol, socket.getSubprotocol());
      int port = echo.getLocalPort();
      String number = (char) (port & 255) + "" + (char) (port >> 8);
      assertEquals("0:" + number, client.next());
      assertEquals("1:" + number, client.next());
      socket.sendBinary(ByteBuffer.wrap("\0hello".getBytes(StandardCharsets.UTF_8)), true);
      assertEquals("0:hello", client.next());
      assertEquals("<1000>", client.next());
      echoed.get(30, TimeUnit.SECONDS);
      Eventually.holds(
          "the tunnel's end is audited",
          () -> Files.readString(folder.resolve("audit.log")).contains("tunnel-ended-by"));
      String audited = Files.readString(folder.resolve("audit.log"));
      // The client's message and perhaps its close, masked; three messages of ours and our close.
      assertTrue(audited.matches("(?s).*sallyport.dev/bytes-from-client\":\"(12|20)\".*"), audited);
      assertTrue(audited.contains("\"sallyport.dev/bytes-to-client\":\"22\""), audited);
      assertTrue(audited.contains("\"sallyport.dev/tunnel-ended-by\":\"upstream\""), audited);
      Eventually.holds(
          "the connection is recorded",
          () -> recordings(sessions).contains("\"bytesSent\":5,\"bytesReceived\":5}"));
    }
  }

  private static WebSocket open(
      SallyportProcess server, String path, String protocol, WebSocket.Listener client)
      throws Exception {
    WebSocket.Builder builder =
        HttpClient.newBuilder()
            .sslContext(PlainHttps.trustingAllContext())
            .build()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer t-ann");
    if (!protocol.isEmpty()) {
      builder.subprotocols(protocol);
    }
    return builder
        .buildAsync(URI.create(server.url(path).replace("https", "wss")), client)
        .get(30, TimeUnit.SECONDS);
  }

  /** As browsers and client libraries get into pods; only the last one can end its input. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "channel.k8s.io",
        "base64.channel.k8s.io",
        "v4.channel.k8s.io",
        "v4.base64.channel.k8s.io",
        "v5.channel.k8s.io"
      })
  void everyWebSocketProtocolGetsIntoThePod(String protocol) throws Exception {
    try (TestKubelet kubelet = TestKubelet.start(pod, only("SPDY"));
        SallyportProcess server = before(kubelet, streaming("SPDY"))) {
      String path = "/api/v1/namespaces/default/pods/web/exec?stdin=true&command=sh&command=-c";
      String failure = "command terminated with non-zero exit code: exit status 7";
      Channels failing = new Channels();
      WebSocket socket =
          open(
              server,
              path + "&command=read%20line%3B%20echo%20%24line%3B%20exit%207",
              protocol,
              failing);
      assertEquals(protocol, socket.getSubprotocol());
      assertEquals("1:", failing.next());
      byte[] line = "hello\n".getBytes(StandardCharsets.UTF_8);
      if (protocol.contains("base64")) {
        socket.sendText("0" + Base64.getEncoder().encodeToString(line), true);
      } else {
        socket.sendBinary(ByteBuffer.allocate(7).put((byte) 0).put(line).flip(), true);
      }
      assertEquals("1:hello\n", failing.next());
      String told = failing.next();
      assertTrue(told.startsWith("3:") && told.contains(failure), told);
      boolean json = protocol.startsWith("v");
      assertEquals(json, told.contains("\"reason\":\"NonZeroExitCode\""), told);
      assertEquals("<1000>", failing.next());
      Channels succeeding = new Channels();
      open(server, path + "&command=true", protocol, succeeding);
      assertEquals("1:", succeeding.next());
      if (json) {
        assertTrue(succeeding.next().contains("Success"));
      }
      assertEquals("<1000>", succeeding.next());
    }
  }

  /** Says one thing back and leaves. */
  private static void echo(ServerSocket listener) {
    try (Socket socket = listener.accept()) {
      socket.getOutputStream().write(socket.getInputStream().readNBytes(5));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a WebSocket says, a message at a time. */
  private static final class Channels implements WebSocket.Listener {
    private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();

    String next() throws InterruptedException {
      return String.valueOf(messages.poll(30, TimeUnit.SECONDS));
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      messages.add(
          bytes[0] + ":" + new String(bytes, 1, bytes.length - 1, StandardCharsets.ISO_8859_1));
      from.request(1);
      return null;
    }

    /** The base64 form. */
    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      byte[] decoded = Base64.getDecoder().decode(data.subSequence(1, data.length()).toString());
      messages.add(data.charAt(0) + ":" + new String(decoded, StandardCharsets.UTF_8));
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      messages.add("<" + code + ">");
      return null;
    }
  }

  /** Without a translation kubectl finds out what the upstream speaks, as it does without us. */
  @ParameterizedTest
  @CsvSource({"SPDY", "WEBSOCKET"})
  void autoPassesWhatTheClientSpeaks(String spoken) throws Exception {
    try (TestKubelet kubelet = TestKubelet.start(pod, only(spoken));
        SallyportProcess server = before(kubelet)) {
      exec(server, spoken.equals("WEBSOCKET"));
      exec(server, true);
    }
  }

  /** By either protocol, and translated too: a recorder reads what the client speaks. */
  @ParameterizedTest(name = "client WebSocket: {0}, upstream: {1}")
  @CsvSource({"true,SPDY", "false,SPDY"})
  void sessionsAreRecorded(boolean webSocket, String spoken) throws Exception {
    Path sessions = Files.createDirectory(folder.resolve("sessions"));
    try (TestKubelet kubelet = TestKubelet.start(pod, only(spoken));
        SallyportProcess server =
            before(
                kubelet,
                streaming(spoken),
                "--session-recording-dir=sessions",
                "--session-recording-policy=robots=none,system:masters=all,*=output")) {
      exec(server, webSocket);
      Eventually.holds(
          "the first session is recorded", () -> recordings(sessions).contains("exit"));
      String recorded = recordings(sessions);
      assertTrue(recorded.startsWith("{\"version\":2,"), recorded);
      assertTrue(recorded.contains("\"title\":\"ann exec default/web: sh -c"), recorded);
      assertTrue(recorded.contains("\"i\", \"hello\\n\"]"), recorded);
      assertTrue(recorded.contains("\"o\", \"hello\\n\"]"), recorded);
      assertTrue(recorded.contains("\"m\", \"stderr\"]"), recorded);
      copyBothWays(server, webSocket, TEN_MEGABYTES);
      forward(server, webSocket);
      Eventually.holds(
          "five connections are recorded",
          () -> recordings(sessions).split("\"bytesReceived\":100", -1).length > 5);
      removeAll(sessions);
      Tool.Result refused = run(server, webSocket, "KUBECTL exec web -- touch done");
      assertTrue(refused.exit() != 0, refused.out());
      assertTrue(refused.err().contains("must be recorded and cannot be"), refused.err());
      assertTrue(Files.notExists(pod.resolve("done")), "an unrecorded command ran");
    }
  }

  /** Each route as its upstream and itself say; a changed file holds from the next session on. */
  @Test
  void routesTranslateAndRecord() throws Exception {
    Path sessions = Files.createDirectory(folder.resolve("sessions"));
    Files.writeString(
        folder.resolve("tokens.csv"),
        "t-ann,ann,u1,\"system:masters\"\nt-bot,bot,u2,\"robots,system:masters\"\n");
    try (TestKubelet web = TestKubelet.start(pod, Set.of(Speaks.WEBSOCKET));
        TestKubelet spdy = TestKubelet.start(pod, Set.of(Speaks.SPDY))) {
      writeRoutes(web, spdy, "all");
      try (SallyportProcess server =
          SallyportProcess.start(
              folder, "--token-auth-file=tokens.csv", "--routes-config=routes.yaml")) {
        for (boolean webSocket : new boolean[] {true, false}) {
          exec(server, webSocket, "web");
          exec(server, webSocket, "spdy");
        }
        assertTrue(
            web.upgrades().stream().allMatch(each -> each.contains("GET websocket")),
            () -> "" + web.upgrades());
        assertTrue(
            spdy.upgrades().stream().allMatch(each -> each.contains("POST SPDY")),
            () -> "" + spdy.upgrades());
        Eventually.holds(
            "both sessions of one route are recorded",
            () -> recordings(sessions).split(ENDED, -1).length == 3);
        assertEquals(2, recordings(sessions).split("\"i\", \"hello", -1).length - 1);
        Tool.Result bot =
            Tool.bash(
                folder,
                environment(true),
                kubectl(server, "web").replace("t-ann", "t-bot") + "exec web -- echo bots");
        assertEquals("bots\n", bot.expectSuccess().out());
        assertEquals(2, files(sessions));
        writeRoutes(web, spdy, "output");
        Eventually.holds(
            "what is typed is recorded no more",
            () -> {
              removeFiles(sessions);
              exec(server, true, "web");
              Eventually.holds("it is recorded", () -> recordings(sessions).contains(ENDED));
              return !recordings(sessions).contains("\"i\"");
            });
        removeFiles(sessions);
        Files.delete(sessions);
        Tool.Result refused =
            Tool.bash(folder, environment(true), kubectl(server, "web") + "exec web -- touch done");
        assertTrue(refused.err().contains("must be recorded and cannot be"), refused.err());
        exec(server, true, "spdy");
        assertTrue(Files.notExists(pod.resolve("done")), "an unrecorded command ran");
      }
    }
  }

  private void writeRoutes(TestKubelet web, TestKubelet spdy, String record) throws IOException {
    BackendAuthority.replace(
        folder.resolve("routes.yaml"),
        """
        apiVersion: sallyport.dev/v1alpha1
        kind: RouteConfiguration
        upstreams:
        - {name: web, endpoints: [{url: "http://127.0.0.1:%d"}], streaming: websocket}
        - {name: spdy, endpoints: [{url: "http://127.0.0.1:%d"}], streaming: spdy}
        routes:
        - name: web
          match: {pathPrefix: /clusters/web}
          upstreams: [{name: web}]
          stripPrefix: true
          recording:
            directory: sessions
            rules: [{groups: [robots], record: none}, {groups: ["system:masters"], record: %s}]
        - {name: spdy, match: {pathPrefix: /clusters/spdy}, upstreams: [{name: spdy}], stripPrefix: true}
        """
            .formatted(web.port(), spdy.port(), record));
  }

  private String kubectl(SallyportProcess server, String route) {
    return kubectl(server).replace(server.url(""), server.url("/clusters/" + route));
  }

  private void exec(SallyportProcess server, boolean webSocket, String route) {
    Tool.Result result =
        Tool.bash(
            folder,
            environment(webSocket),
            "echo hello | " + kubectl(server, route) + "exec -i web -- sh -c 'cat; exit 7'");
    assertEquals("hello\n", result.out(), result.err());
    assertEquals(7, result.exit(), result.err());
  }

  private static long files(Path sessions) throws IOException {
    try (var files = Files.list(sessions)) {
      return files.count();
    }
  }

  private static String recordings(Path sessions) throws IOException {
    StringBuilder all = new StringBuilder();
    try (var files = Files.list(sessions)) {
      for (Path file : files.sorted().toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  private static void removeAll(Path sessions) throws IOException {
    removeFiles(sessions);
    Files.delete(sessions);
  }

  private static void removeFiles(Path sessions) throws IOException {
    try (var files = Files.list(sessions)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void logsAreFollowedWhileTheyGrow() throws Exception {
    try (TestKubelet kubelet = TestKubelet.start(pod, Set.of(Speaks.WEBSOCKET));
        SallyportProcess server = before(kubelet)) {
      kubelet.say("first");
      Path out = folder.resolve("logs");
      Process follower =
          new ProcessBuilder("bash", "-c", "exec " + kubectl(server) + "logs -f web")
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectErrorStream(true)
              .start();
      try {
        Eventually.holds("the first line is there", () -> text(out).equals("first\n"));
        kubelet.say("second");
        Eventually.holds("the second line is there", () -> text(out).equals("first\nsecond\n"));
      } finally {
        follower.destroy();
      }
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
