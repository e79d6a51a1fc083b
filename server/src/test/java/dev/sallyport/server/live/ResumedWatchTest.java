package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.server.live.LiveServer.Reply;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attack case 175: six watchers, each with habits of its own, follow ten thousand writes over a
 * restart of the server and each sees every one of them once and in order.
 */
final class ResumedWatchTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String AUTH = "Authorization: Bearer master";
  private static final String JSON = "Content-Type: application/json";
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String LAST = "the-end";

  /** Objects, each of which is created, changed and deleted: 9,999 writes, and one that ends it. */
  private static final int OBJECTS = 3_333;

  private static final int WATCHERS = 6;

  @TempDir static Path folder;

  /** The server of now; a new future while it is down. */
  private volatile CompletableFuture<LiveServer> server = new CompletableFuture<>();

  private record Seen(String type, String name, long revision, String data) {}

  private LiveServer start() throws Exception {
    return LiveServer.start(folder, "", "--storage-engine=embedded");
  }

  private LiveServer current() throws Exception {
    return server.get(120, TimeUnit.SECONDS);
  }

  @Test
  void case175WatchersLoseNothingAndSeeNothingTwice() throws Exception {
    server.complete(start());
    long from = revision();
    CountDownLatch watching = new CountDownLatch(WATCHERS);
    ExecutorService threads = Executors.newFixedThreadPool(WATCHERS);
    try {
      List<Future<List<Seen>>> watchers = new ArrayList<>();
      for (int i = 0; i < WATCHERS; i++) {
        watchers.add(threads.submit(new Watcher(i, from, watching)));
      }
      assertTrue(watching.await(60, TimeUnit.SECONDS));
      write(0, OBJECTS / 2);
      restart();
      write(OBJECTS / 2, OBJECTS);
      try (LiveLine line = current().line()) {
        assertEquals(201, send(line, "POST", MAPS, LAST, "0").status());
      }
      List<Seen> first = watchers.get(0).get(180, TimeUnit.SECONDS);
      check(first, from);
      for (Future<List<Seen>> watcher : watchers) {
        assertEquals(first, watcher.get(180, TimeUnit.SECONDS));
      }
    } finally {
      threads.shutdownNow();
      current().close();
    }
  }

  private void restart() throws Exception {
    LiveServer old = current();
    CompletableFuture<LiveServer> next = new CompletableFuture<>();
    server = next;
    old.close();
    next.complete(start());
  }

  private long revision() throws Exception {
    Reply list = current().send(null, "GET", MAPS + "?limit=1", "", AUTH);
    return MAPPER.readTree(list.body()).path("metadata").path("resourceVersion").asLong();
  }

  private void write(int from, int to) throws Exception {
    try (LiveLine line = current().line()) {
      for (int i = from; i < to; i++) {
        String name = "n" + i;
        assertEquals(201, send(line, "POST", MAPS, name, "1").status());
        assertEquals(200, send(line, "PUT", MAPS + "/" + name, name, "2").status());
        assertEquals(200, line.send("DELETE", MAPS + "/" + name, AUTH).status());
      }
    }
  }

  private static Reply send(LiveLine line, String method, String path, String name, String data)
      throws IOException {
    String body =
        "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"%s\"},\"data\":{\"k\":\"%s\"}}"
            .formatted(name, data);
    return line.exchange(method, path, body.getBytes(StandardCharsets.UTF_8), AUTH, JSON);
  }

  private static void check(List<Seen> events, long from) {
    long last = from;
    Map<String, String> types = new HashMap<>();
    for (Seen event : events) {
      assertTrue(event.revision() > last, event + " behind " + last);
      last = event.revision();
      types.merge(event.name(), event.type() + event.data(), (old, now) -> old + " " + now);
    }
    assertEquals(OBJECTS, types.size());
    types.forEach(
        (name, all) -> assertEquals("ADDED1 MODIFIED2 DELETED2", all, "what happened to " + name));
  }

  /** Follows until the last object comes; comes back from the last version it was told. */
  private final class Watcher implements Callable<List<Seen>> {
    private final int habit;
    private final CountDownLatch watching;
    private final List<Seen> events = new ArrayList<>();
    private long known;
    private boolean over;

    Watcher(int habit, long from, CountDownLatch watching) {
      this.habit = habit;
      this.known = from;
      this.watching = watching;
    }

    @Override
    public List<Seen> call() throws Exception {
      while (!over) {
        try (LiveLine line = current().line()) {
          follow(line);
        } catch (IOException broken) {
          // The server is going or gone; the next one is waited for.
          if (broken instanceof ConnectException) {
            Thread.onSpinWait();
          }
        }
      }
      return events;
    }

    private void follow(LiveLine line) throws IOException {
      String query = "?watch=1&allowWatchBookmarks=true&resourceVersion=" + known;
      // Some have their watches end now and then, and resume from a bookmark.
      String head = line.open(MAPS + query + (habit < 3 ? "&timeoutSeconds=1" : ""), AUTH);
      if (LiveLine.status(head) != 200) {
        return;
      }
      watching.countDown();
      // Others leave in the middle of an answer.
      int patience = habit == 4 ? 700 : Integer.MAX_VALUE;
      for (int i = 0; i < patience && !over; i++) {
        @Nullable String text = line.line();
        if (text == null) {
          return;
        }
        take(MAPPER.readTree(text));
      }
    }

    private void take(JsonNode event) {
      JsonNode metadata = event.path("object").path("metadata");
      long revision = metadata.path("resourceVersion").asLong();
      String type = event.path("type").asText();
      if (type.equals("ERROR")) {
        throw new AssertionError("a watcher was told " + event);
      }
      if (type.equals("BOOKMARK")) {
        // A bookmark never goes back, nor ahead of an event that is still to come.
        assertTrue(revision >= known, revision + " after " + known);
        known = revision;
        return;
      }
      assertTrue(revision > known, event + " after " + known);
      known = revision;
      String name = metadata.path("name").asText();
      if (name.equals(LAST)) {
        over = true;
      } else if (name.startsWith("n")) {
        String data = event.path("object").path("data").path("k").asText();
        events.add(new Seen(type, name, revision, data));
      }
    }
  }
}
