package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.server.live.LiveServer.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attack cases 118 to 129: identities in headers, a front proxy's and impersonated ones. */
final class FrontProxyAttackTest {

  private static final String[] FLAGS = {
    "--requestheader-client-ca-file={proxies}",
    "--requestheader-allowed-names=front-proxy",
    "--requestheader-username-headers=X-Remote-User,X-Alt-User",
    "--requestheader-uid-headers=X-Remote-Uid",
    "--requestheader-group-headers=X-Remote-Group,X-Team",
    "--requestheader-extra-headers-prefix=X-Remote-Extra-"
  };
  private static final CertifiedKey PROXY =
      LiveServer.certificate(LiveServer.PROXIES, "front-proxy");

  @TempDir static Path folder;
  private static LiveServer server;

  @BeforeAll
  static void start() throws Exception {
    server = LiveServer.start(folder, "tok-ann,ann,u1,dev\n", FLAGS);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void frontProxySpeaksForUidGroupsAndExtras() throws Exception {
    assertEquals(
        "{\"username\":\"zoë\",\"uid\":\"77\",\"groups\":[\"g1\",\"t\",\"system:authenticated\"],"
            + "\"extra\":{\"a.b/c\":[\"1\",\"2\"]}}",
        server.whoami(
            PROXY,
            "X-Alt-User: " + bytes("zoë"),
            "X-Remote-Uid: 77",
            "X-Team: t",
            "X-Remote-Group: g1",
            "X-Remote-Extra-a.b%2Fc: 1",
            "x-remote-extra-A.B%2fC: 2"));
  }

  @Test
  void case118HeadersWithoutAFrontProxyAreIgnored() throws Exception {
    Reply anonymous = server.get("/api", "X-Remote-User: root", "X-Remote-Group: system:masters");
    assertEquals(403, anonymous.status());
    assertTrue(anonymous.body().contains("system:anonymous"), anonymous.body());
    CertifiedKey alice = LiveServer.certificate(LiveServer.CLIENTS, "alice");
    String user = server.whoami(alice, "X-Remote-User: root", "X-Remote-Group: system:masters");
    assertTrue(user.startsWith("{\"username\":\"alice\""), user);
    assertFalse(user.contains("masters"), user);
    CertifiedKey impostor = LiveServer.certificate(LiveServer.PROXIES, "impostor");
    assertEquals("401", server.whoami(impostor, "X-Remote-User: root"));
    String other = server.whoami(impostor, "X-Remote-User: root", "Authorization: Bearer tok-ann");
    assertTrue(other.startsWith("{\"username\":\"ann\""), other);
  }

  @Test
  void case119FirstOfTwoNamesCounts() throws Exception {
    String user = server.whoami(PROXY, "X-Remote-User: ann", "X-Remote-User: root");
    assertTrue(user.equals("400") || user.startsWith("{\"username\":\"ann\""), user);
  }

  @Test
  void case119GroupsWithoutANameAreNobody() throws Exception {
    assertEquals("401", server.whoami(PROXY, "X-Remote-User: ", "X-Remote-Group: system:masters"));
  }

  @Test
  void case121NamesThatLookAlikeAreNoIdentity() throws Exception {
    assertEquals("401", server.whoami(PROXY, "X_Remote_User: root"));
    assertEquals("400", server.whoami(PROXY, "X-Remote-User : root"));
    assertEquals("400", server.whoami(PROXY, "X-Remot\u00e9-User: root"));
  }

  @Test
  void case118And121AndHeadersThatSpeakOfUsersGoNoFurther(@TempDir Path other) throws Exception {
    try (StubBackend upstream = new StubBackend();
        LiveServer gate = LiveServer.start(other, "", "--upstream=" + upstream.url())) {
      Reply reply =
          gate.get(
              "/x",
              "Authorization: Bearer master",
              "X-Remote-User: root",
              "X_Remote_User: root",
              "X_Remote_Group: root",
              "X-Remote-Extra-a: root",
              "Impersonate_User: root");
      assertEquals(200, reply.status());
      Map<String, List<String>> seen = upstream.request();
      assertFalse(seen.toString().contains("root"), seen.toString());
      assertEquals(List.of("boss"), seen.get("x-remote-user"));
    }
  }

  @Test
  void case124GroupUidOrExtraWithoutAUserAreABadRequest() throws Exception {
    for (String header :
        List.of("Impersonate-Group: g", "Impersonate-Uid: 1", "Impersonate-Extra-scopes: x")) {
      assertEquals("400", server.whoami(null, "Authorization: Bearer master", header), header);
    }
  }

  @Test
  void case125ImpersonationNeedsTheRight() throws Exception {
    Reply refused =
        server.get("/api", "Authorization: Bearer tok-ann", "Impersonate-User: system:admin");
    assertEquals(403, refused.status());
    assertTrue(refused.body().contains("impersonate"), refused.body());
  }

  @Test
  void case128ImpersonatedUserIsTheFirstAndNoHeaderGoesFurther(@TempDir Path other)
      throws Exception {
    try (StubBackend upstream = new StubBackend();
        LiveServer gate = LiveServer.start(other, "", "--upstream=" + upstream.url())) {
      Reply reply =
          gate.get(
              "/x",
              "Authorization: Bearer master",
              "Impersonate-User: ann",
              "Impersonate-User: root",
              "Impersonate-Group: system:masters",
              "Impersonate_User: root");
      assertEquals(200, reply.status());
      Map<String, List<String>> seen = upstream.request();
      assertEquals(List.of("ann"), seen.get("x-remote-user"));
      assertTrue(
          seen.keySet().stream().noneMatch(name -> name.startsWith("impersonate")),
          seen.toString());
    }
  }

  @Test
  void case129AnonymousIsNeverAuthenticated() throws Exception {
    String impersonated =
        server.whoami(
            null,
            "Authorization: Bearer master",
            "Impersonate-User: system:anonymous",
            "Impersonate-Group: system:masters");
    assertFalse(impersonated.contains("system:authenticated"), impersonated);
    CertifiedKey named =
        LiveServer.certificate(LiveServer.CLIENTS, "system:anonymous", "system:masters");
    String certified = server.whoami(named);
    assertTrue(certified.startsWith("{\"username\":\"system:anonymous\""), certified);
    assertFalse(certified.contains("system:authenticated"), certified);
  }

  @Test
  void impersonatedNamesAreUtf8() throws Exception {
    String user =
        server.whoami(
            null,
            "Authorization: Bearer master",
            "Impersonate-User: " + bytes("zoë"),
            "Impersonate-Group: " + bytes("système"),
            "Impersonate-Group: system:masters",
            "Impersonate-Extra-a: " + bytes("Ω"));
    assertEquals(
        "{\"username\":\"zoë\",\"groups\":[\"système\",\"system:masters\","
            + "\"system:authenticated\"],\"extra\":{\"a\":[\"Ω\"]}}",
        user);
  }

  /** The text's UTF-8 bytes as characters, which is how they are sent. */
  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
