package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built server and outside issuers: one like Keycloak, one like dex, and one that is dead. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class OidcIT {

  @TempDir static Path folder;
  private static TinyIssuer idp;
  private static SallyportProcess server;

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException {
    idp = TinyIssuer.start();
    Files.writeString(file(), configuration());
    server = SallyportProcess.start(folder, "--authentication-config=" + file());
  }

  @AfterAll
  static void stop() {
    server.close();
    idp.close();
  }

  private static Path file() {
    return folder.resolve("authn.yaml");
  }

  private static String configuration() {
    return """
        apiVersion: apiserver.config.k8s.io/v1
        kind: AuthenticationConfiguration
        jwt:
        - issuer:
            url: %1$s
            audiences: [kubernetes]
            certificateAuthority: |
        %3$s
          claimMappings:
            username: {claim: preferred_username, prefix: ""}
            groups: {claim: groups, prefix: ""}
        - issuer:
            url: %2$s
            audiences: [kubernetes]
            certificateAuthority: |
        %3$s
          claimValidationRules:
          - expression: claims.email_verified == true
            message: verify your mail address first
          claimMappings:
            username: {expression: "'dex:' + claims.email"}
            groups: {expression: "claims.groups.map(g, 'dex:' + g)"}
        - issuer:
            url: https://127.0.0.1:9/dead
            audiences: [kubernetes]
          claimMappings:
            username: {claim: sub, prefix: "dead:"}
        anonymous:
          enabled: true
          conditions: [{path: /livez}, {path: /readyz}]
        """
        .formatted(
            idp.url(TinyIssuer.KEYCLOAK),
            idp.url(TinyIssuer.DEX),
            idp.authority().indent(8).stripTrailing());
  }

  private static PlainHttps.Reply whoami(String token) throws SSLException {
    return PlainHttps.trustingAll()
        .send(
            "POST",
            server.url("/apis/authentication.k8s.io/v1/selfsubjectreviews"),
            "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}",
            "Content-Type",
            "application/json",
            "Authorization",
            "Bearer " + token);
  }

  private static void is(String user, String token) throws SSLException {
    PlainHttps.Reply reply = whoami(token);
    assertEquals(201, reply.status(), reply.body());
    assertTrue(reply.body().contains("\"username\":\"" + user + "\""), reply.body());
  }

  @Test
  @Order(1)
  void tokensOfBothIssuersAreUsersThoughAThirdIsDead() throws SSLException {
    is("jane", idp.keycloakToken("jane", "/platform"));
    is("dex:jane@example.com", idp.dexToken("jane", "ops"));
    assertTrue(whoami(idp.dexToken("jane", "ops")).body().contains("\"dex:ops\""));
  }

  @Test
  @Order(2)
  void case108ReservedGroupsFromOutsideAreRefused() throws SSLException {
    assertEquals(401, whoami(idp.keycloakToken("jane", "system:masters")).status());
    assertEquals(401, whoami(idp.keycloakToken("system:admin")).status());
    assertEquals(201, whoami(idp.dexToken("jane", "system:masters")).status());
    assertTrue(server.log().contains("may not name the group system:masters"), server.log());
  }

  @Test
  @Order(3)
  void case81OnlyTheExactPathsAreOpenToNobody() throws SSLException {
    assertEquals(200, anonymous("/livez"));
    assertEquals(200, anonymous("/livez?v=1"));
    assertEquals(200, anonymous("/readyz"));
    for (String path :
        List.of("/livez/", "//livez", "/LIVEZ", "/livez%2f", "/x/../livez", "/healthz", "/api")) {
      assertEquals(401, anonymous(path), path);
    }
    assertEquals(
        401,
        PlainHttps.trustingAll()
            .get(server.url("/livez"), "Authorization", "Bearer nonsense")
            .status());
  }

  private static int anonymous(String path) throws SSLException {
    return PlainHttps.trustingAll().get(server.url(path)).status();
  }

  @Test
  @Order(4)
  void case102AfterARotationNewTokensAreGoodAndOldOnesAreNot() throws Exception {
    String old = idp.keycloakToken("jane");
    is("jane", old);
    idp.rotate();
    Eventually.holds(
        "the new key is known", () -> whoami(idp.keycloakToken("jane")).status() == 201);
    assertEquals(401, whoami(old).status());
    int asked = idp.keyRequests();
    for (int i = 0; i < 20; i++) {
      assertEquals(401, whoami(old).status());
    }
    assertTrue(idp.keyRequests() - asked <= 10, "made-up keys may not be turned against the idp");
  }

  @Test
  @Order(5)
  void case113ABadChangeIsNotTakenOverAndAGoodOneIs() throws Exception {
    Files.writeString(file(), configuration().replace("kind: Auth", "kind: Path"));
    Eventually.holds("the fault is logged", () -> server.log().contains("Not reloaded"));
    is("jane", idp.keycloakToken("jane"));
    Files.writeString(
        file(), configuration().replace("preferred_username, prefix: \"\"", "sub, prefix: \"k:\""));
    Eventually.holds(
        "the change is in force",
        () -> whoami(idp.keycloakToken("jane")).body().contains("\"username\":\"k:f-12\""));
    is("dex:jane@example.com", idp.dexToken("jane"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "url: http://idp.example",
        "url: https://user@idp.example",
        "url: https://idp.example?x=y",
        "url: https://idp.example#x"
      })
  @Order(6)
  void case113AWrongFileIsRefusedAtStart(String url) throws IOException {
    Path bad = folder.resolve("bad.yaml");
    Files.writeString(
        bad,
        """
        apiVersion: apiserver.config.k8s.io/v1
        kind: AuthenticationConfiguration
        jwt:
        - issuer:
            %s
          claimMappings:
            username: {claim: sub, expression: claims.sub}
        """
            .formatted(url));
    Tool.Result result =
        SallyportProcess.subcommand(folder, "check-config", "--authentication-config=" + bad);
    assertEquals(1, result.exit());
    assertTrue(result.err().contains("jwt[0].issuer.url"), result.err());
    assertTrue(result.err().contains("jwt[0].issuer.audiences: missing"), result.err());
    assertTrue(result.err().contains("not both"), result.err());
    assertTrue(result.err().contains("claimMappings.username.prefix: missing"), result.err());
    assertFalse(result.err().contains("\tat "), result.err());
  }
}
