package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM: running watches end cleanly, the process exits with 0 and leaves nothing behind. */
final class GracefulStopIT {

  @TempDir Path folder;

  @Needs("curl")
  @Test
  void watchesEndAndTheProcessExits() throws Exception {
    Files.writeString(folder.resolve("tokens.csv"), "boss,boss,u1,system:masters\n");
    try (SallyportProcess server = SallyportProcess.start(folder, "--token-auth-file=tokens.csv")) {
      Path events = folder.resolve("events");
      CompletableFuture<Tool.Result> watch =
          CompletableFuture.supplyAsync(
              () ->
                  Tool.bash(
                      folder,
                      Map.of(),
                      "curl -sSNk --http1.1 -H 'Authorization: Bearer boss' -o events '"
                          + server.url("/api/v1/namespaces?watch=true")
                          + "'"));
      awaitContent(events);
      assertEquals(0, server.terminate() % 143, server.log());
      Tool.Result ended = watch.get(30, TimeUnit.SECONDS);
      assertEquals(0, ended.exit(), "the watch was cut instead of ended: " + ended.err());
      assertTrue(Files.readString(events).contains("\"name\":\"default\""));
    }
  }

  private static void awaitContent(Path file) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!Files.exists(file) || Files.size(file) == 0) {
      assertTrue(System.nanoTime() < end, "no event came");
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
