package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.CertificateSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the first door says to client certificates of all sorts. The numbers are those of the
 * project's list of attacks.
 */
final class ClientCertificateIT {

  private static final Instant NOW = Instant.now();
  private static final CertificateAuthority CA = authority();
  private static final CertificateAuthority STRANGER = authority();

  @TempDir static Path folder;
  private static SallyportProcess server;

  private static CertificateAuthority authority() {
    return CertificateAuthority.create("clients", NOW.minusSeconds(7200), NOW.plusSeconds(7200));
  }

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(folder.resolve("tokens.csv"), "t-ann,ann,u1\n");
    trust(CA);
    server =
        SallyportProcess.start(
            folder, "--token-auth-file=tokens.csv", "--client-ca-file=clients.crt");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void trust(CertificateAuthority authority) throws IOException {
    Files.writeString(
        folder.resolve("clients.crt"), PemWriter.certificate(authority.certificate()));
  }

  private static CertifiedKey client(
      CertificateAuthority by, String user, Instant from, Instant to) {
    return by.issue(CertificateSpec.client(user, List.of(), from, to));
  }

  private static CertifiedKey client(CertificateAuthority by, String user) {
    return client(by, user, NOW.minusSeconds(3600), NOW.plusSeconds(3600));
  }

  private static int status(PlainHttps client, String... headers) throws IOException {
    return client.get(server.url("/api"), headers).status();
  }

  private static int status(CertifiedKey identity) throws IOException {
    return status(PlainHttps.showing(identity));
  }

  @Test
  void case56AStrangersCertificateBesideAGoodTokenDoesNotMatter() throws IOException {
    PlainHttps.Reply whoami =
        PlainHttps.showing(client(STRANGER, "root"))
            .send(
                "POST",
                server.url("/apis/authentication.k8s.io/v1/selfsubjectreviews"),
                "{\"kind\":\"SelfSubjectReview\",\"apiVersion\":\"authentication.k8s.io/v1\"}",
                "Authorization",
                "Bearer t-ann",
                "Content-Type",
                "application/json");
    assertEquals(201, whoami.status(), whoami.body());
    assertTrue(whoami.body().contains("\"username\":\"ann\""), whoami.body());
  }

  @Test
  void case57AStrangersCertificateAloneIsNotAnonymous() throws IOException {
    String version = server.url("/version");
    assertEquals(200, PlainHttps.trustingAll().get(version).status(), "without any credential");
    assertEquals(401, PlainHttps.showing(client(STRANGER, "root")).get(version).status());
    assertEquals(401, status(client(STRANGER, "root")));
    assertEquals(200, status(client(CA, "ann")));
  }

  @Test
  void case58AServersCertificateIsNoClients() throws IOException {
    CertifiedKey server =
        CA.issue(
            CertificateSpec.server(
                "ann", List.of(), List.of(), NOW.minusSeconds(60), NOW.plusSeconds(3600)));
    assertEquals(401, status(server));
  }

  @Test
  void case59ACertificateOutsideItsTimeIsRefused() throws IOException {
    assertEquals(401, status(client(CA, "ann", NOW.minusSeconds(3600), NOW.minusSeconds(60))));
    assertEquals(401, status(client(CA, "ann", NOW.plusSeconds(3600), NOW.plusSeconds(7000))));
  }

  @Test
  void case59ACertificateThatExpiresOnAKeptConnectionIsRefusedFromThenOn() throws Exception {
    Instant soon = Instant.now().plusSeconds(8).truncatedTo(ChronoUnit.SECONDS);
    PlainHttps kept = PlainHttps.showing(client(CA, "ann", NOW.minusSeconds(60), soon));
    assertEquals(200, status(kept));
    Eventually.holds("the certificate has expired", () -> status(kept) == 401);
    assertTrue(Instant.now().isAfter(soon), "not before its time");
  }

  @Test
  void case60AnOpenConnectionIsJudgedByTodaysBundle() throws Exception {
    PlainHttps kept = PlainHttps.showing(client(CA, "ann"));
    assertEquals(200, status(kept));
    try {
      trust(STRANGER);
      Eventually.holds("the old authority is out", () -> status(kept) == 401);
      assertEquals(200, status(client(STRANGER, "ann")));
    } finally {
      trust(CA);
    }
    Eventually.holds("the old authority is back", () -> status(kept) == 200);
  }

  @Test
  void case64ACertificateWithoutANameIsNobody() throws IOException {
    PlainHttps.Reply reply =
        PlainHttps.showing(
                CA.issue(
                    CertificateSpec.client(
                        "", List.of("dev"), NOW.minusSeconds(60), NOW.plusSeconds(3600))))
            .get(server.url("/api/v1/namespaces"));
    assertEquals(403, reply.status());
    assertTrue(reply.body().contains("User \\\"system:anonymous\\\""), reply.body());
  }
}
