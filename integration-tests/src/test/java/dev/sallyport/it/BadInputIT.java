package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wrong flag or file is refused at start: one line that names both, exit code 1, no trace. */
final class BadInputIT {

  @TempDir Path folder;

  @Test
  void missingCertificate() {
    refused(
        "--tls-cert-file",
        "nowhere.crt",
        "--tls-cert-file=nowhere.crt",
        "--tls-private-key-file=nowhere.key");
  }

  @Test
  void brokenCertificate() throws IOException {
    Files.writeString(folder.resolve("broken.crt"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
    refused("--client-ca-file", "broken.crt", "--client-ca-file=broken.crt");
  }

  @Needs("openssl")
  @Test
  void brokenKey() throws IOException {
    Tool.bash(
            folder,
            Map.of(),
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=x"
                + " -keyout good.key -out good.crt -days 30")
        .expectSuccess();
    Files.writeString(folder.resolve("broken.key"), "not a key");
    refused(
        "--tls-private-key-file",
        "broken.key",
        "--tls-cert-file=good.crt",
        "--tls-private-key-file=broken.key");
  }

  @Needs("openssl")
  @Test
  void keyOfAnotherCertificate() {
    for (String name : new String[] {"one", "two"}) {
      Tool.bash(
              folder,
              Map.of(),
              "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=x"
                  + " -keyout "
                  + name
                  + ".key -out "
                  + name
                  + ".crt -days 30")
          .expectSuccess();
    }
    refused(
        "--tls-private-key-file",
        "two.key",
        "--tls-cert-file=one.crt",
        "--tls-private-key-file=two.key");
  }

  @Test
  void tokenFileWithAnUnbalancedQuote() throws IOException {
    Files.writeString(folder.resolve("tokens.csv"), "s3cr3t-token,\"ann,u1\n");
    Tool.Result result = refused("--token-auth-file", "tokens.csv", "--token-auth-file=tokens.csv");
    assertFalse(result.err().contains("s3cr3t"), "a token must not be printed: " + result.err());
  }

  @Test
  void tokenFileWithTwoColumns() throws IOException {
    Files.writeString(folder.resolve("tokens.csv"), "s3cr3t-token,ann\n");
    Tool.Result result = refused("--token-auth-file", "tokens.csv", "--token-auth-file=tokens.csv");
    assertFalse(result.err().contains("s3cr3t"), "a token must not be printed: " + result.err());
  }

  @Test
  void portInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      refused("--secure-port", port, "--secure-port=" + port);
    }
  }

  @Test
  void unwritableDataDir() throws IOException {
    Files.writeString(folder.resolve("a-file"), "");
    refused("--data-dir", "a-file/data", "--data-dir=a-file/data");
  }

  @Test
  void dataDirOfAnotherProcess() {
    try (SallyportProcess first = SallyportProcess.start(folder, "--data-dir=shared")) {
      refused("--data-dir", "shared", "--data-dir=shared");
      assertTrue(first.pid() > 0);
    }
  }

  @Test
  void unknownFlagNamesTheNearest() {
    Tool.Result result = refused("--token-auth-fil", "--token-auth-file", "--token-auth-fil=x");
    assertTrue(result.err().contains("unknown flag"), result.err());
  }

  @Test
  void allFaultsTogether() throws IOException {
    Files.writeString(folder.resolve("tokens.csv"), "a,b\n");
    Tool.Result result =
        refused(
            "--token-auth-file",
            "tokens.csv",
            "--token-auth-file=tokens.csv",
            "--client-ca-file=nowhere.crt",
            "--authorization-mode=Sometimes");
    assertAll(
        () -> assertTrue(result.err().contains("--client-ca-file"), result.err()),
        () -> assertTrue(result.err().contains("--authorization-mode"), result.err()));
  }

  private Tool.Result refused(String flag, String names, String... flags) {
    Tool.Result result = SallyportProcess.runToEnd(folder, flags);
    assertAll(
        () -> assertEquals(1, result.exit(), result.err()),
        () -> assertTrue(result.err().contains(flag), result.err()),
        () -> assertTrue(result.err().contains(names), result.err()),
        () -> assertFalse(result.err().contains("\tat "), result.err()),
        () -> assertEquals("", result.out()));
    return result;
  }
}
