package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.server.live.LiveServer.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attack cases 72 to 79: tokens in requests to a whole server that lets anonymous ones in. */
final class BearerAttackTest {

  private static final String PROTOCOL = "base64url.bearer.authorization.k8s.io.";
  private static final String GOOD = PROTOCOL + encode("tok-bob");

  @TempDir static Path folder;
  private static LiveServer server;

  @BeforeAll
  static void start() throws Exception {
    server = LiveServer.start(folder, "tok-bob,bob,u1,dev\n");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void case72UnknownTokenIsNotAnonymous() throws Exception {
    assertEquals(200, server.get("/version").status());
    Reply refused = server.get("/version", "Authorization: Bearer nope");
    assertEquals(401, refused.status());
    assertFalse(refused.body().contains("nope"), refused.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bearer tok-bob", "BEARER tok-bob", "Bearer tok-bob"})
  void case73SchemeIsReadInAnyCase(String header) throws Exception {
    String user = server.whoami(null, "Authorization: " + header);
    assertTrue(user.startsWith("{\"username\":\"bob\""), user);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer  tok-bob", "Bearer", "Bearertok-bob", "Bearer "})
  void case73OtherFormsAreNoCredential(String header) throws Exception {
    isAnonymous("Authorization: " + header);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic dG9rLWJvYjp0b2stYm9i", "Negotiate tok-bob", "tok-bob"})
  void case75OtherSchemesAreNoCredential(String header) throws Exception {
    isAnonymous("Authorization: " + header);
  }

  @Test
  void case75QueryTokenIsNoCredential() throws Exception {
    assertEquals(200, server.get("/version?access_token=tok-bob").status());
    Reply refused = server.get("/api?access_token=tok-bob");
    assertEquals(403, refused.status());
    assertTrue(refused.body().contains("system:anonymous"), refused.body());
    assertFalse(refused.body().contains("tok-bob"), refused.body());
  }

  private static void isAnonymous(String header) throws Exception {
    assertEquals(200, server.get("/version", header).status());
    Reply refused = server.get("/api", header);
    assertEquals(403, refused.status());
    assertTrue(refused.body().contains("User \\\"system:anonymous\\\""), refused.body());
  }

  @Test
  void case76CertificateComesBeforeToken() throws Exception {
    CertifiedKey alice = LiveServer.certificate(LiveServer.CLIENTS, "alice");
    String user = server.whoami(alice, "Authorization: Bearer tok-bob");
    assertTrue(user.startsWith("{\"username\":\"alice\""), user);
    String known = server.whoami(alice, "Authorization: Bearer nope");
    assertTrue(known.startsWith("{\"username\":\"alice\""), known);
  }

  @Test
  void case76TokenBesideACertificateGoesNoFurther(@TempDir Path other) throws Exception {
    try (StubBackend upstream = new StubBackend();
        LiveServer gate =
            LiveServer.start(other, "tok-bob,bob,u1,dev\n", "--upstream=" + upstream.url())) {
      CertifiedKey alice = LiveServer.certificate(LiveServer.CLIENTS, "alice", "system:masters");
      Reply reply = gate.send(alice, "GET", "/x", "", "Authorization: Bearer tok-bob");
      assertEquals(200, reply.status());
      Map<String, List<String>> seen = upstream.request();
      assertFalse(seen.containsKey("authorization"), seen.toString());
      assertEquals(List.of("alice"), seen.get("x-remote-user"));
    }
  }

  @Test
  void case77OddTokensAreRefused() throws Exception {
    refused("Authorization: Bearer " + "x".repeat(900 * 1024));
    refused("Authorization: Bearer " + ".".repeat(50_000));
    refused("Authorization: Bearer \u00ff\u00fe\u00e4");
    assertEquals(200, server.get("/version").status());
  }

  private static void refused(String header) throws Exception {
    int status = server.get("/api", header).status();
    assertTrue(status == 401 || status == 431, "status " + status);
  }

  @Test
  void case78SubprotocolTokenWorksAndIsNotEchoed() throws Exception {
    Reply reply = upgrade("/api", "v4.channel.k8s.io, " + GOOD);
    assertEquals(200, reply.status());
    assertFalse((reply.head() + reply.body()).contains(encode("tok-bob")), reply.head());
  }

  @Test
  void case78SubprotocolTokenIsNotForwarded(@TempDir Path other) throws Exception {
    try (StubBackend upstream = new StubBackend();
        LiveServer gate = LiveServer.start(other, "", "--upstream=" + upstream.url())) {
      Reply reply =
          gate.get(
              "/x",
              "Connection: Upgrade, close",
              "Upgrade: websocket",
              "Sec-WebSocket-Protocol: " + PROTOCOL + encode("master") + ", v4.channel.k8s.io");
      if (reply.status() < 400) {
        Map<String, List<String>> seen = upstream.request();
        assertFalse(seen.toString().contains(encode("master")), seen.toString());
      }
    }
  }

  @Test
  void case79BadSubprotocolTokensAreRefused() throws Exception {
    String[] bad = {
      "v4.channel.k8s.io, " + GOOD + ", " + GOOD,
      "v4.channel.k8s.io, " + PROTOCOL + "%%%",
      "v4.channel.k8s.io, " + PROTOCOL + "_w",
      GOOD
    };
    for (String protocols : bad) {
      assertEquals(401, upgrade("/version", protocols).status(), protocols);
    }
  }

  private static Reply upgrade(String path, String protocols) throws Exception {
    return server.get(
        path,
        "Connection: Upgrade, close",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol: " + protocols);
  }

  private static String encode(String token) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(token.getBytes(StandardCharsets.UTF_8));
  }
}
