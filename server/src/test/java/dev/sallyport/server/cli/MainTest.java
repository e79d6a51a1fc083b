package dev.sallyport.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.ServerConfig;
import dev.sallyport.config.options.FileChecks;
import dev.sallyport.config.options.Invocation;
import dev.sallyport.config.options.ServerOptions;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.server.bootstrap.FirstStart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return Main.run(
        List.of(args),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Path dataOfAFirstStart() {
    Path data = folder.resolve("data");
    ServerConfig config =
        ((Invocation.Serve) ServerOptions.read(List.of("--data-dir=" + data), FileChecks.NONE))
            .config();
    FirstStart.prepare(config, Clock.systemUTC());
    FirstStart.writeKubeconfig(config, 7443);
    return data;
  }

  @Test
  void faultsAreLinesOnStandardError() throws IOException {
    Files.writeString(folder.resolve("tokens.csv"), "s3cr3t,ann\n");
    int code =
        run(
            "--token-auth-file=" + folder.resolve("tokens.csv"),
            "--secure-port=x",
            "--client-ca-file=nowhere.crt");
    assertEquals(1, code);
    assertEquals("", out());
    assertEquals(3, err().lines().count(), err());
    assertTrue(err().contains("--token-auth-file: "), err());
    assertTrue(err().contains("--client-ca-file: \"nowhere.crt\""), err());
    assertFalse(err().contains("s3cr3t"), err());
    assertFalse(err().contains("\tat "), err());
  }

  @Test
  void checkConfigTellsEveryFaultOfEveryFileAndStartsNothing() throws IOException {
    Path file = folder.resolve("authn.yaml");
    Files.writeString(
        file,
        """
        apiVersion: apiserver.config.k8s.io/v1
        kind: AuthenticationConfiguration
        jwt:
        - issuer: {url: "http://idp.example", audiences: []}
          claimMappings: {username: {claim: sub}}
        """);
    String data = "--data-dir=" + folder.resolve("none");
    assertEquals(1, run("check-config", data, "--authentication-config=" + file));
    assertEquals(3, err().lines().count(), err());
    assertTrue(
        err()
            .contains(
                "jwt[0].issuer.url: \"http://idp.example\" (expected: an https URL with a host)"),
        err());
    err.reset();
    Files.writeString(
        file,
        Files.readString(file)
            .replace("http:", "https:")
            .replace("[]", "[kube]")
            .replace("sub", "sub, prefix: \"\""));
    assertEquals(0, run("check-config", data, "--authentication-config=" + file), err());
    assertTrue(out().contains("would start"), out());
    assertFalse(Files.exists(folder.resolve("none")));
  }

  @Test
  void checkConfigLooksIntoRevocationListsToo() throws Exception {
    Path file = Files.writeString(folder.resolve("clients.crl"), "no list");
    assertEquals(1, run("check-config", "--client-crl-file=" + file));
    assertEquals(
        "--client-crl-file: \""
            + file
            + "\" (expected: revocation lists of the authorities of client certificates; is no"
            + " certificate revocation list)\n",
        err());
  }

  @Test
  void helpTellsOfCommandsAndSections() {
    assertEquals(0, run("--help"));
    assertTrue(out().contains("sallyport kubeconfig"), out());
    assertTrue(out().contains("Secure serving flags:"), out());
    assertEquals("", err());
  }

  @Test
  void versionTellsOwnAndKubernetes() {
    assertEquals(0, run("--version"));
    assertTrue(out().contains("Kubernetes API v1.36.3"), out());
  }

  @Test
  void certificateMakesAPairForItsOwnerOnly() throws Exception {
    Path data = dataOfAFirstStart();
    Path stem = folder.resolve("joe");
    assertEquals(
        0,
        run(
            "certificate",
            "--data-dir=" + data,
            "--user=joe",
            "--group=dev",
            "--group=ops",
            "--out",
            stem.toString()),
        err());
    CertifiedKey pair = CertifiedKey.read(Path.of(stem + ".crt"), Path.of(stem + ".key"));
    assertEquals("CN=joe,O=ops,O=dev", pair.leaf().getSubjectX500Principal().getName());
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(stem + ".key"))));
  }

  @Test
  void kubeconfigNamesTheServerOfTheLastStart() {
    Path data = dataOfAFirstStart();
    assertEquals(0, run("kubeconfig", "--data-dir=" + data, "--user=joe"), err());
    assertTrue(out().contains("server: https://127.0.0.1:7443\n"), out());
    assertTrue(out().contains("- name: \"joe\"\n"), out());
  }

  @Test
  void aUserIsNeeded() {
    assertEquals(1, run("certificate"));
    assertEquals("--user: \"\" (expected: the user's name)\n", err());
  }

  @Test
  void withoutAFirstStartThereIsNoAuthority() {
    assertEquals(1, run("certificate", "--user=joe", "--data-dir=" + folder.resolve("none")));
    assertTrue(err().startsWith("--data-dir: "), err());
    assertTrue(err().contains("ca.crt no such file"), err());
  }
}
