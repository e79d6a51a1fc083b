package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** openssl tries to come back with the session of an earlier connection. */
@Needs("openssl")
final class ResumptionIT {

  private static final String ASK =
      "(printf 'GET /livez HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n'; sleep 1)"
          + " | openssl s_client -%1$s -connect 127.0.0.1:%2$d -servername %3$s %4$s 2>&1";

  @TempDir static Path folder;
  private static SallyportProcess server;

  @BeforeAll
  static void start() {
    Tool.bash(
            folder,
            Map.of(),
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
                + " -subj /CN=other.test -addext subjectAltName=DNS:other.test"
                + " -keyout other.key -out other.crt")
        .expectSuccess();
    server = SallyportProcess.start(folder, "--tls-sni-cert-key=other.crt,other.key");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String ask(String version, String name, String more) {
    return Tool.bash(folder, Map.of(), ASK.formatted(version, server.port(), name, more)).out();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls1_2", "tls1_3"})
  void case55NoSessionIsTakenUpAgainUnderAnyName(String version) {
    String first = ask(version, "localhost", "-sess_out session." + version);
    assertTrue(first.contains("HTTP/1.1 200"), first);
    assertFalse(first.contains("session ticket"), first);
    if (Files.exists(folder.resolve("session." + version))) {
      for (String name : new String[] {"other.test", "localhost"}) {
        String again = ask(version, name, "-sess_in session." + version);
        assertTrue(again.contains("\nNew, TLS"), again);
        assertTrue(again.contains("HTTP/1.1 200"), again);
      }
    }
  }
}
