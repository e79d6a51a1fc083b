package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** attack-case 194: killed at random points under write load, nothing acknowledged is lost. */
final class DurabilityIT {

  private static final int KILLS = 50;
  private static final int WRITERS = 4;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] AUTH = {
    "Authorization", "Bearer boss", "Content-Type", "application/json"
  };

  @TempDir Path folder;

  /** What the server has acknowledged: name to revision. */
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

  private final AtomicInteger names = new AtomicInteger();

  @Test
  void nothingAcknowledgedIsLostAndVersionsNeverGoBack() throws Exception {
    Files.writeString(folder.resolve("tokens.csv"), "boss,boss,u1,system:masters\n");
    try (SallyportProcess server = SallyportProcess.start(folder, "--token-auth-file=tokens.csv")) {
      long highest = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        writeUntilKilled(server);
        server.restart();
        highest = checkEverything(server, highest);
      }
      assertTrue(acknowledged.size() > KILLS, "too few writes: " + acknowledged.size());
    }
  }

  private void writeUntilKilled(SallyportProcess server) throws InterruptedException {
    AtomicBoolean stop = new AtomicBoolean();
    CountDownLatch someWritten = new CountDownLatch(ThreadLocalRandom.current().nextInt(1, 60));
    Thread[] writers = new Thread[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
      writers[i] = new Thread(() -> write(server, stop, someWritten), "writer-" + i);
      writers[i].start();
    }
    assertTrue(someWritten.await(60, TimeUnit.SECONDS), "no writes were acknowledged");
    server.kill();
    stop.set(true);
    for (Thread writer : writers) {
      writer.join();
    }
  }

  private void write(SallyportProcess server, AtomicBoolean stop, CountDownLatch written) {
    String url = server.url("/api/v1/namespaces/default/configmaps");
    while (!stop.get()) {
      String name = "c" + names.incrementAndGet();
      String body =
          "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name + "\"}}";
      try {
        PlainHttps.Reply reply = PlainHttps.trustingAll().send("POST", url, body, AUTH);
        if (reply.status() == 201) {
          acknowledged.put(name, revision(JSON.readTree(reply.body())));
          written.countDown();
        }
      } catch (IOException | RuntimeException e) {
        return; // the server was killed in the middle: not acknowledged
      }
    }
  }

  private long checkEverything(SallyportProcess server, long highestBefore) throws IOException {
    PlainHttps.Reply reply =
        PlainHttps.trustingAll().get(server.url("/api/v1/namespaces/default/configmaps"), AUTH);
    assertEquals(200, reply.status(), reply.body());
    JsonNode list = JSON.readTree(reply.body());
    long current = revision(list);
    assertTrue(current >= highestBefore, "revision went back to " + current);
    Map<String, Long> stored = new HashMap<>();
    for (JsonNode item : list.path("items")) {
      stored.put(item.path("metadata").path("name").asText(), revision(item));
    }
    acknowledged.forEach(
        (name, revision) -> {
          assertEquals(revision, stored.get(name), name + " after a kill");
          assertTrue(revision <= current, name + " is newer than the list");
        });
    return current;
  }

  private static long revision(JsonNode object) {
    return Long.parseLong(object.path("metadata").path("resourceVersion").asText());
  }
}
