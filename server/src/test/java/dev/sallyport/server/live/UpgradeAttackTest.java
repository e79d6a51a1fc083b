package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.server.netty.RawClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upgrades as attackers ask for them, through the whole server before a backend that tells all. */
final class UpgradeAttackTest {

  private static final String RBAC =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: looker}
      rules:
      - {apiGroups: [""], resources: [pods/exec, pods/attach, pods/portforward], verbs: [get]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: lookers}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: looker}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: eve}]
      """;

  private static final String SMUGGLED =
      "GET /api/v1/secrets HTTP/1.1\r\nHost: x\r\nX-Remote-User: admin\r\n\r\n";

  @TempDir Path folder;
  private ByteKeeper backend;
  private LiveServer server;

  @BeforeEach
  void start() throws Exception {
    backend = new ByteKeeper();
    Path rbac = Files.writeString(folder.resolve("rbac.yaml"), RBAC);
    server =
        LiveServer.start(
            folder,
            "eve,eve,u1\n",
            "--rbac-file=" + rbac,
            "--upstream=" + backend.url(),
            "--upstream-identity=impersonate");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    backend.close();
  }

  private String ask(String token, String method, String target, String lines) throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send(
          method
              + " "
              + target
              + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + token
              + "\r\n"
              + lines
              + "\r\n"
              + SMUGGLED);
      return client.untilClosed();
    }
  }

  private static void onlyAnswer(String answer, int status) {
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    assertEquals(0, answer.lastIndexOf("HTTP/1.1 "), "one answer, and the connection's end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exec", "attach", "portforward"})
  void case150IntoAPodOnlyWithTheRightToCreate(String way) throws Exception {
    String target = "/api/v1/namespaces/default/pods/p/" + way + "?command=sh";
    for (String protocol : new String[] {"websocket", "WebSocket ", "SPDY/3.1", "spdy/3.1"}) {
      String answer =
          ask("eve", "GET", target, "Connection: Upgrade\r\nUpgrade: " + protocol + "\r\n");
      onlyAnswer(answer, 403);
      assertTrue(answer.contains("cannot create resource"), answer);
    }
    assertEquals(0, backend.connections(), "nobody asked the backend");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno",
        "HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n"
      })
  void case163AnyOtherAnswerEndsBothConnections(String answer) throws Exception {
    backend.answering(answer);
    onlyAnswer(upgrade(), Integer.parseInt(answer.substring(9, 12)));
    assertEquals("", backend.behindTheHead(), "no byte of the client went on");
    assertEquals(1, backend.connections());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n\r\n",
        "HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nUpgrade: h2c\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n"
      })
  void case163WhatIsNoAgreementIsABadGateway(String answer) throws Exception {
    backend.answering(answer);
    onlyAnswer(upgrade(), 502);
    assertEquals("", backend.behindTheHead());
  }

  @Test
  void case166ARedirectIsNotPassedOn() throws Exception {
    backend.answering(
        "HTTP/1.1 307 Temporary Redirect\r\nLocation: https://10.0.0.1/steal\r\n"
            + "Content-Length: 0\r\n\r\n");
    String answer = upgrade();
    onlyAnswer(answer, 502);
    assertFalse(answer.contains("10.0.0.1"), answer);
  }

  private String upgrade() throws Exception {
    return ask(
        "master",
        "POST",
        "/api/v1/namespaces/default/pods/p/exec?command=sh",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n",
        "Connection: Upgrade\r\nUpgrade: TLS/1.2, websocket\r\n",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nUpgrade: SPDY/3.1\r\n",
        "Connection: close\r\nUpgrade: websocket\r\n"
      })
  void case165AndCase46OtherUpgradesArePlainRequests(String lines) throws Exception {
    onlyAnswer(ask("master", "GET", "/api/v1/pods", lines), 200);
    String head = backend.bytes().toLowerCase(Locale.ROOT);
    assertTrue(head.startsWith("get /api/v1/pods http/1.1\r\n"), head);
    assertFalse(head.contains("upgrade"), head);
    assertFalse(head.contains("http2-settings"), head);
    assertFalse(head.contains("secrets"), head);
  }

  @Test
  void case163BytesSentTooEarlyWaitForTheTunnel() throws Exception {
    backend.answering(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    try (RawClient client = new RawClient(server.port())) {
      client.send(
          "GET /api/v1/namespaces/default/pods/p/exec HTTP/1.1\r\nHost: x\r\n"
              + "Authorization: Bearer master\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
              + SMUGGLED);
      client.until("\r\n\r\n");
      client.send("later");
      client.socket().shutdownOutput();
      assertEquals(SMUGGLED + "later", backend.behindTheHead());
    }
  }
}
