package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A credential is taken back while a watch that it opened is running. */
final class RevocationIT {
  private static final String AS_JOE =
      "curl -s --cacert sallyport-data/ca.crt --cert joe.crt --key joe.key ";

  @TempDir Path folder;

  @Needs({"curl", "kubectl", "openssl"})
  @Test
  void aRevokedCertificateIsRefusedAndItsWatchEnds() throws Exception {
    try (SallyportProcess server = SallyportProcess.start(folder, "--credential-revocation")) {
      SallyportProcess.subcommand(folder, "certificate", "--user", "joe").expectSuccess();
      server.kubectl("create clusterrolebinding joe --clusterrole=view --user=joe").expectSuccess();
      String maps = server.url("/api/v1/namespaces/default/configmaps");
      Process watch = watch(maps);
      try {
        Eventually.holds("the watch runs", () -> watch.getInputStream().available() > 0);

        type(server, String.join("\n", ReadmeIT.block("### Taking a credential back")));

        assertTrue(watch.waitFor(10, TimeUnit.SECONDS), "the watch goes on");
        assertTrue(watch.exitValue() != 0, "the watch ended as if it were whole");
        assertEquals("401", status(server, maps));
        server.kubectl("delete credentialrevocation joe-laptop").expectSuccess();
        assertEquals("200", status(server, maps));
      } finally {
        watch.destroyForcibly();
      }
    }
  }

  private Process watch(String maps) throws IOException {
    return new ProcessBuilder("bash", "-c", "exec " + AS_JOE + "-N '" + maps + "?watch=true'")
        .directory(folder.toFile())
        .start();
  }

  private String status(SallyportProcess server, String url) {
    return type(server, AS_JOE + "-o /dev/null -w '%{http_code}' " + url).out();
  }

  private Tool.Result type(SallyportProcess server, String lines) {
    return Tool.bash(
            folder,
            Map.of("HOME", folder.toString(), "KUBECONFIG", server.adminKubeconfig().toString()),
            "set -e\n" + lines)
        .expectSuccess();
  }
}
