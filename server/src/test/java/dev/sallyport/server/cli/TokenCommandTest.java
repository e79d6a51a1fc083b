package dev.sallyport.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.api.bootstrap.BootstrapToken;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.server.live.LiveServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that ask a server, asking one. */
final class TokenCommandTest {

  @TempDir static Path folder;
  private static LiveServer server;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void start() throws Exception {
    server = LiveServer.start(folder, "tok-ann,ann,u1,dev\n", "--enable-bootstrap-token-auth=true");
    kubeconfig("admin", "master");
    kubeconfig("ann", "tok-ann");
    kubeconfig("nobody", "s3cr3t");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static void kubeconfig(String name, String token) throws IOException {
    Files.writeString(
        folder.resolve(name + ".kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: c
        contexts: [{name: c, context: {cluster: s, user: u}}]
        clusters: [{name: s, cluster: {server: "https://127.0.0.1:%d", certificate-authority: "%s"}}]
        users: [{name: u, user: {token: "%s"}}]
        """
            .formatted(server.port(), folder.resolve("data/ca.crt"), token));
  }

  private int run(String user, String... words) {
    out.reset();
    err.reset();
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.add("--kubeconfig=" + folder.resolve(user + ".kubeconfig"));
    return Main.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void createListDelete() throws Exception {
    assertEquals(
        0,
        run(
            "admin",
            "token",
            "create",
            "abcdef.0123456789abcdef",
            "--ttl=2h30m",
            "--description=for node 7",
            "--groups=system:bootstrappers:a,system:bootstrappers:b"),
        err());
    assertEquals("abcdef.0123456789abcdef\n", out());
    String user = server.whoami(null, "Authorization: Bearer abcdef.0123456789abcdef");
    assertTrue(user.contains("\"system:bootstrap:abcdef\""), user);
    assertTrue(user.contains("\"system:bootstrappers:b\""), user);

    assertEquals(1, run("admin", "token", "create", "abcdef.0123456789abcdef"));
    assertEquals("sallyport: a token with id \"abcdef\" already exists\n", err());

    assertEquals(0, run("admin", "token", "list"), err());
    List<String> lines = out().lines().toList();
    assertTrue(
        lines.get(0).matches("TOKEN +TTL +EXPIRES +USAGES +DESCRIPTION +EXTRA GROUPS"), out());
    assertTrue(
        lines
            .get(1)
            .matches(
                "abcdef\\.0123456789abcdef +2h +20[-0-9]+T[0-9:]+Z +authentication,signing +for node"
                    + " 7 +system:bootstrappers:a,system:bootstrappers:b"),
        out());

    assertEquals(0, run("admin", "token", "list", "-o", "json"), err());
    JsonNode object = new ObjectMapper().readTree(out());
    assertEquals("BootstrapToken", object.path("kind").asText());
    assertEquals("abcdef.0123456789abcdef", object.path("token").asText());
    assertEquals("for node 7", object.path("description").asText());
    assertEquals("[\"authentication\",\"signing\"]", object.path("usages").toString());
    assertEquals(
        "[\"system:bootstrappers:a\",\"system:bootstrappers:b\"]",
        object.path("groups").toString());
    assertTrue(object.path("expires").asText().startsWith("20"), out());
    assertEquals(1, run("admin", "token", "list", "-o", "xml"));
    assertEquals("--output: \"xml\" (expected: text, json)\n", err());
    assertEquals(1, run("admin", "whoami", "--explain=perhaps"));
    assertEquals("--explain: \"perhaps\" (expected: true or false)\n", err());

    assertEquals(0, run("admin", "token", "delete", "abcdef.0123456789abcdef"), err());
    assertEquals("bootstrap token \"abcdef\" deleted\n", out());
    assertEquals("401", server.whoami(null, "Authorization: Bearer abcdef.0123456789abcdef"));
    assertEquals(1, run("admin", "token", "delete", "abcdef"));
    assertTrue(err().contains("secrets \"bootstrap-token-abcdef\" not found"), err());
  }

  @Test
  void makesUpATokenThatNeverEnds() {
    assertEquals(0, run("admin", "token", "create", "--ttl=0", "--usages=signing"), err());
    String token = out().strip();
    assertNotNull(BootstrapToken.parse(token));
    assertEquals(0, run("admin", "token", "list"), err());
    assertTrue(
        out()
            .lines()
            .anyMatch(
                line -> line.matches(token + " +<forever> +<never> +signing +<none> +system:.*")),
        out());
    assertEquals(0, run("admin", "token", "delete", token.substring(0, 6)), err());
  }

  @Test
  void generatesWithoutAServer() {
    assertEquals(
        0,
        Main.run(
            List.of("token", "generate"),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)));
    assertNotNull(BootstrapToken.parse(out().strip()));
  }

  @Test
  void refusesWhatIsNoTokenWithoutRepeatingIt() {
    assertEquals(1, run("admin", "token", "create", "abcdef.0123456789abcdeX"));
    assertFalse(err().contains("0123"), err());
    assertEquals(
        1, run("admin", "token", "create", "--groups=system:masters", "--usages=everything"));
    assertTrue(err().contains("--groups: \"system:masters\""), err());
    assertTrue(err().contains("--usages: \"everything\""), err());
  }

  @Test
  void tellsWhatTheServerRefuses() {
    assertEquals(1, run("ann", "token", "create"));
    assertTrue(err().startsWith("sallyport: secrets is forbidden: User \"ann\" cannot"), err());
  }

  @Test
  void whoamiTellsTheUser() {
    assertEquals(0, run("ann", "whoami"), err());
    assertEquals(
        """
        ATTRIBUTE   VALUE
        Username    ann
        UID         u1
        Groups      [dev system:authenticated]
        """,
        out());
    assertEquals(1, run("nobody", "whoami"));
    assertTrue(err().startsWith("sallyport: Unauthorized (request "), err());
  }

  @Test
  void whoamiExplains() throws Exception {
    assertEquals(0, run("admin", "whoami", "--explain"), err());
    assertTrue(out().startsWith("Verdict: accepted\n"), out());
    assertTrue(out().contains("token-file        accepted\n"), out());
    assertEquals(1, run("ann", "whoami", "--explain"));
    assertTrue(err().contains("cannot get path \"/debug/authenticate\""), err());

    Path other = folder.resolve("nobody.kubeconfig");
    assertEquals(0, run("admin", "whoami", "--of=" + other), err());
    assertTrue(out().startsWith("Verdict: refused\n  bearer: invalid bearer token\n"), out());
    assertFalse(out().contains("s3cr3t"), out());

    Path pem = folder.resolve("joe.pem");
    var joe = LiveServer.certificate(LiveServer.PROXIES, "joe");
    Files.writeString(pem, PemWriter.privateKey(joe.key()) + PemWriter.certificates(joe.chain()));
    assertEquals(0, run("admin", "whoami", "--of=" + pem), err());
    assertTrue(
        out().contains("x509              refused     client certificate: signed by an unknown"),
        out());
  }
}
