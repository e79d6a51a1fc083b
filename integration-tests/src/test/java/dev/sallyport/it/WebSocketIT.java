package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.it.peers.NodePeer;
import java.io.File;
import java.io.IOException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WebSockets through the built server to a server in Node. */
@Needs("node")
final class WebSocketIT {

  private static final String RBAC =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: talker}
      rules:
      - nonResourceURLs: ["/*"]
        verbs: [get]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: talkers}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: talker}
      subjects:
      - {apiGroup: rbac.authorization.k8s.io, kind: User, name: ann}
      """;

  private static final int LARGE = 64 << 20;

  @TempDir Path folder;
  private NodePeer node;
  private SallyportProcess server;

  @BeforeEach
  void start() throws IOException {
    node = NodePeer.start("websocket.js", folder);
    Files.writeString(folder.resolve("tokens.csv"), "t-ann,ann,u1,dev\nt-bob,bob,u2\n");
    Files.writeString(folder.resolve("rbac.yaml"), RBAC);
    server =
        SallyportProcess.start(
            folder,
            "--token-auth-file=tokens.csv",
            "--rbac-file=rbac.yaml",
            "--request-timeout=5s",
            "--upstream=" + node.url());
  }

  @AfterEach
  void stop() {
    server.close();
    node.close();
  }

  private WebSocketTalk open(String path) throws Exception {
    return open(path, true);
  }

  private WebSocketTalk open(String path, boolean eager) throws Exception {
    return WebSocketTalk.open(server.url(path), eager, "Authorization", "Bearer t-ann");
  }

  @Test
  void messagesPassWithTheCallersIdentity() throws Exception {
    WebSocketTalk talk = open("/hear");
    String headers = talk.hears();
    assertTrue(headers.contains("\"x-remote-user\":\"ann\""), headers);
    assertFalse(headers.contains("t-ann"), headers);
    talk.say("grüße");
    assertEquals("grüße", talk.hears());
    talk.socket().sendClose(WebSocket.NORMAL_CLOSURE, "done").get(20, TimeUnit.SECONDS);
    assertEquals("<close 1000>", talk.hears());
    Eventually.holds("the tunnel is gone", () -> stats().contains("\"open\":0"));
  }

  @Test
  void aTokenAmongTheSubprotocolsStaysHere() throws Exception {
    String token =
        "base64url.bearer.authorization.k8s.io."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("t-ann".getBytes(StandardCharsets.US_ASCII));
    WebSocketTalk talk =
        WebSocketTalk.open(server.url("/hear"), true, "", "", token, "chat.example.org");
    String headers = talk.hears();
    assertEquals("chat.example.org", talk.socket().getSubprotocol());
    assertTrue(headers.contains("\"sec-websocket-protocol\":\"chat.example.org\""), headers);
    talk.socket().abort();
  }

  @Test
  void whoMayNotDoesNotReachTheServer() throws Exception {
    ExecutionException refused =
        assertThrows(
            ExecutionException.class,
            () -> WebSocketTalk.open(server.url("/echo"), true, "Authorization", "Bearer t-bob"));
    assertEquals(403, status(refused));
    assertTrue(stats().contains("\"opened\":0"), stats());
  }

  @Test
  void aRefusalOfTheServerIsTheAnswer() throws Exception {
    ExecutionException refused = assertThrows(ExecutionException.class, () -> open("/refuse"));
    assertEquals(403, status(refused));
    WebSocketHandshakeException answered =
        assertInstanceOf(WebSocketHandshakeException.class, refused.getCause());
    assertEquals("node", answered.getResponse().headers().firstValue("x-from").orElse(""));
  }

  private static int status(ExecutionException refused) {
    return assertInstanceOf(WebSocketHandshakeException.class, refused.getCause())
        .getResponse()
        .statusCode();
  }

  @Test
  void muchPassesBothWaysAndNothingIsPiledUp() throws Exception {
    WebSocketTalk slow = open("/flood?bytes=" + LARGE, false);
    slow.take(1);
    WebSocketTalk sender = open("/count");
    byte[] piece = new byte[32 << 10];
    for (int i = 0; i < LARGE / piece.length; i++) {
      sender.send(piece);
    }
    sender.say("done");
    assertEquals(Integer.toString(LARGE), sender.hears());
    sender.socket().abort();

    // Meanwhile the slow reader has taken next to nothing, and nobody has kept the rest for it.
    String stats = stats();
    long sent = Long.parseLong(stats.replaceAll(".*\"sent\":(\\d+).*", "$1"));
    assertTrue(sent < LARGE / 2, "the server could send " + sent + " bytes to nobody");
    slow.take(Long.MAX_VALUE);
    assertEquals("<close 1000>", slow.hears());
    assertEquals(LARGE, slow.binary());
  }

  @Test
  void aTunnelOutlivesTheRequestTimeout() throws Exception {
    WebSocketTalk talk = open("/echo");
    TimeUnit.SECONDS.sleep(7); // longer than --request-timeout, with nothing said
    talk.say("still here");
    assertEquals("still here", talk.hears());
    talk.socket().abort();
  }

  @Test
  void case173WhenOneSideIsGoneSoIsTheOther() throws Exception {
    WebSocketTalk talk = open("/echo");
    talk.say("a");
    assertEquals("a", talk.hears());
    talk.socket().abort();
    Eventually.holds("the server has lost its client", () -> stats().contains("\"open\":0"));

    WebSocketTalk other = open("/echo");
    node.kill();
    assertEquals("<error>", other.hears().replaceFirst("<close 1006>", "<error>"));
  }

  @Test
  void aThousandTunnelsLeaveNothingBehind() throws Exception {
    for (int i = 0; i < 20; i++) {
      shortTalk();
    }
    long before = openFiles();
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Future<?>> talks = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      talks.add(
          pool.submit(
              () -> {
                shortTalk();
                return null;
              }));
    }
    for (Future<?> talk : talks) {
      talk.get(120, TimeUnit.SECONDS);
    }
    pool.shutdown();
    Eventually.holds("all are closed behind", () -> stats().contains("\"open\":0"));
    Eventually.holds("all files are closed", () -> openFiles() <= before + 5);
    assertTrue(stats().contains("\"opened\":1020"), stats());
  }

  private void shortTalk() throws Exception {
    WebSocketTalk talk = open("/echo");
    talk.say("hello");
    assertEquals("hello", talk.hears());
    talk.socket().abort();
  }

  private long openFiles() {
    String[] files = new File("/proc/" + server.pid() + "/fd").list();
    return files == null ? 0 : files.length;
  }

  @Test
  void aStopGivesTunnelsAWhileAndThenCutsThem() throws Exception {
    WebSocketTalk talk = open("/echo");
    talk.say("a");
    assertEquals("a", talk.hears());
    Process stopper = new ProcessBuilder("kill", "-TERM", Long.toString(server.pid())).start();
    assertEquals(0, stopper.waitFor());
    Eventually.holds("it stops", () -> server.log().contains("Stopping"));
    talk.say("b");
    assertEquals("b", talk.hears());
    String end = talk.hears();
    assertTrue(end.startsWith("<error>") || end.startsWith("<close"), end);
    assertEquals(0, server.terminate() % 143);
  }

  private String stats() throws IOException {
    return node.get("/stats");
  }
}
