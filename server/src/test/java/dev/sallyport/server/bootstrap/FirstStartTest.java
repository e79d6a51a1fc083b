package dev.sallyport.server.bootstrap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.ConfigException;
import dev.sallyport.config.ServerConfig;
import dev.sallyport.config.options.FileChecks;
import dev.sallyport.config.options.Invocation;
import dev.sallyport.config.options.ServerOptions;
import dev.sallyport.config.pem.Certificates;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pem.PublicKeys;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.CertificateSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FirstStartTest {
  @TempDir Path folder;
  private final Clock clock = Clock.systemUTC();
  private Path data;

  @BeforeEach
  void nameDataDir() {
    data = folder.resolve("data");
  }

  private ServerConfig config(String... flags) {
    List<String> args = new ArrayList<>(List.of("--data-dir=" + data));
    args.addAll(List.of(flags));
    return ((Invocation.Serve) ServerOptions.read(args, FileChecks.NONE)).config();
  }

  private X509Certificate leaf(String name) throws Exception {
    return Certificates.read(data.resolve(name)).get(0);
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void makesEverythingForItsOwnerOnly() throws Exception {
    FirstStart.prepare(config(), clock);
    FirstStart.writeKubeconfig(config(), 6443);
    assertEquals("rwx------", mode(data));
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.toList()) {
        assertEquals("rw-------", mode(file), file.toString());
      }
    }
    for (String name :
        List.of(
            "ca.crt",
            "ca.key",
            "apiserver.crt",
            "apiserver.key",
            "admin.crt",
            "admin.key",
            "sa.key",
            "sa.pub",
            "admin.kubeconfig")) {
      assertTrue(Files.exists(data.resolve(name)), name);
    }
  }

  @Test
  void servingCertificateSpeaksForAllNames() throws Exception {
    FirstStart.prepare(config("--bind-address=127.0.0.2"), clock);
    List<String> names =
        leaf("apiserver.crt").getSubjectAlternativeNames().stream()
            .map(name -> String.valueOf(name.get(1)))
            .toList();
    assertTrue(
        names.containsAll(
            List.of(
                "localhost",
                "kubernetes",
                "kubernetes.default",
                "kubernetes.default.svc",
                "127.0.0.1",
                "127.0.0.2",
                "0:0:0:0:0:0:0:1")),
        names.toString());
    leaf("apiserver.crt").verify(leaf("ca.crt").getPublicKey());
  }

  @Test
  void adminIsAMaster() throws Exception {
    FirstStart.prepare(config(), clock);
    assertEquals(
        "CN=kubernetes-admin,O=system:masters",
        leaf("admin.crt").getSubjectX500Principal().getName());
    assertEquals(List.of("1.3.6.1.5.5.7.3.2"), leaf("admin.crt").getExtendedKeyUsage());
  }

  @Test
  void tokenKeysAreAPair() throws Exception {
    FirstStart.prepare(config(), clock);
    assertEquals(PublicKeys.read(data.resolve("sa.pub")), PublicKeys.read(data.resolve("sa.key")));
  }

  @Test
  void aSecondStartChangesNothing() throws Exception {
    FirstStart.prepare(config(), clock);
    byte[] serving = Files.readAllBytes(data.resolve("apiserver.crt"));
    byte[] admin = Files.readAllBytes(data.resolve("admin.crt"));
    byte[] key = Files.readAllBytes(data.resolve("sa.key"));
    FirstStart.prepare(config(), clock);
    assertArrayEquals(serving, Files.readAllBytes(data.resolve("apiserver.crt")));
    assertArrayEquals(admin, Files.readAllBytes(data.resolve("admin.crt")));
    assertArrayEquals(key, Files.readAllBytes(data.resolve("sa.key")));
  }

  @Test
  void whatComesNearItsEndIsRenewedByTheSameAuthority() throws Exception {
    FirstStart.prepare(config(), clock);
    X509Certificate serving = leaf("apiserver.crt");
    X509Certificate authority = leaf("ca.crt");
    Clock later = Clock.offset(clock, Duration.ofDays(340));
    FirstStart.prepare(config(), later);
    assertNotEquals(serving, leaf("apiserver.crt"));
    assertEquals(authority, leaf("ca.crt"));
    assertTrue(leaf("admin.crt").getNotAfter().toInstant().isAfter(later.instant()));
  }

  @Test
  void anExpiredAuthorityIsReplacedWithAllItIssued() throws Exception {
    FirstStart.prepare(config(), clock);
    X509Certificate authority = leaf("ca.crt");
    FirstStart.prepare(config(), Clock.offset(clock, Duration.ofDays(3649)));
    assertNotEquals(authority, leaf("ca.crt"));
    leaf("apiserver.crt").verify(leaf("ca.crt").getPublicKey());
    leaf("admin.crt").verify(leaf("ca.crt").getPublicKey());
  }

  @Test
  void anotherBindAddressGetsAnotherCertificate() throws Exception {
    FirstStart.prepare(config(), clock);
    X509Certificate before = leaf("apiserver.crt");
    FirstStart.prepare(config("--bind-address=127.0.0.3"), clock);
    assertNotEquals(before, leaf("apiserver.crt"));
  }

  @Test
  void aCertificateOfSomebodyElseStays() throws Exception {
    Files.createDirectories(data);
    Instant now = clock.instant();
    CertifiedKey other =
        CertificateAuthority.create("corporate", now, now.plusSeconds(600))
            .issue(CertificateSpec.server("x", List.of("x"), List.of(), now, now.plusSeconds(60)));
    Files.writeString(data.resolve("apiserver.crt"), PemWriter.certificates(other.chain()));
    Files.writeString(data.resolve("apiserver.key"), PemWriter.privateKey(other.key()));
    FirstStart.prepare(config(), clock);
    assertEquals(other.leaf(), leaf("apiserver.crt"));
  }

  @Test
  void aPairHalfWrittenInACrashIsMadeAgain() throws Exception {
    FirstStart.prepare(config(), clock);
    Files.copy(
        data.resolve("admin.key"),
        data.resolve("apiserver.key"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    FirstStart.prepare(config(), clock);
    CertifiedKey.read(data.resolve("apiserver.crt"), data.resolve("apiserver.key"));
  }

  @Test
  void nothingIsMadeThatFlagsSupply() throws Exception {
    FirstStart.prepare(config(), clock);
    Path given = data;
    data = folder.resolve("other");
    ServerConfig config =
        config(
            "--tls-cert-file=" + given.resolve("apiserver.crt"),
            "--tls-private-key-file=" + given.resolve("apiserver.key"),
            "--client-ca-file=" + given.resolve("ca.crt"),
            "--service-account-signing-key-file=" + given.resolve("sa.key"),
            "--service-account-key-file=" + given.resolve("sa.pub"));
    FirstStart.prepare(config, clock);
    assertEquals(Optional.empty(), FirstStart.writeKubeconfig(config, 6443));
    try (Stream<Path> files = Files.list(data)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void kubeconfigNamesServerAndHoldsTheCertificates() throws Exception {
    FirstStart.prepare(config("--bind-address=::"), clock);
    Path file = FirstStart.writeKubeconfig(config("--bind-address=::"), 7443).orElseThrow();
    String text = Files.readString(file);
    assertTrue(text.contains("\n    server: https://[::1]:7443\n"), text);
    assertTrue(text.contains("\ncurrent-context: sallyport\n"), text);
    assertFalse(text.contains("BEGIN"), "keys stand in it as base64");
  }

  @Test
  void aDataDirBelowAFileIsOneLine() throws Exception {
    Files.writeString(data, "");
    data = data.resolve("below");
    ConfigException e =
        assertThrows(ConfigException.class, () -> FirstStart.prepare(config(), clock));
    assertEquals(
        "--data-dir: \""
            + data
            + "\" (expected: a folder that can be written to; a file is in its place)",
        e.getMessage());
  }

  @Test
  void aBrokenFileOfTheFirstStartIsOneLine() throws Exception {
    FirstStart.prepare(config(), clock);
    Files.writeString(data.resolve("ca.crt"), "nothing");
    ConfigException e =
        assertThrows(ConfigException.class, () -> FirstStart.prepare(config(), clock));
    String line = String.valueOf(e.getMessage());
    assertTrue(line.startsWith("--data-dir: \"" + data.resolve("ca.crt") + "\""), line);
    assertEquals(1, line.lines().count());
  }
}
