package dev.sallyport.store.embedded;

import static dev.sallyport.store.Objects.await;
import static dev.sallyport.store.Objects.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.store.Objects;
import dev.sallyport.store.RecordingSink;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.ResourceStore.ListOptions;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a writing process again and again: what it acknowledged is there. */
class CrashTest {

  private static final int KILLS = 50;

  @TempDir Path folder;

  /** A line of the writer; without one of its own, value and revision of the store. */
  private record Acknowledged(String name, String value, long revision) {
    static Acknowledged of(String line) {
      String[] words = line.split(" ");
      return new Acknowledged(words[0], words[1], Long.parseLong(words[2]));
    }
  }

  @Test
  void keepsEveryAcknowledgedWriteThroughKills() throws Exception {
    Random random = new Random(9);
    Map<String, Acknowledged> newest = new HashMap<>();
    long reached = 0;
    int writes = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      List<Acknowledged> told = runAndKill(kill, 1 + random.nextInt(400));
      writes += told.size();
      for (Acknowledged write : told) {
        assertTrue(write.revision() > reached, write + " after revision " + reached);
        reached = write.revision();
        newest.put(write.name(), write);
      }
      reached = verify(newest, reached);
    }
    assertTrue(writes > KILLS, "writes " + writes);
  }

  /** Lets a writer tell that many writes, kills it, and reads what it told until then. */
  private List<Acknowledged> runAndKill(int run, int lines) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CrashingWriter.class.getName(),
                folder.resolve("data").toString(),
                "r" + run)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Acknowledged> told = new ArrayList<>();
    try (BufferedReader reader = process.inputReader()) {
      String line = reader.readLine();
      for (; line != null && told.size() < lines; line = reader.readLine()) {
        told.add(Acknowledged.of(line));
      }
      // Process.destroyForcibly would close the stream that still holds acknowledgements.
      process.toHandle().destroyForcibly();
      for (; line != null; line = reader.readLine()) {
        told.add(Acknowledged.of(line));
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertTrue(told.size() >= lines, "the writer of run " + run + " ended by itself");
    return told;
  }

  /**
   * Compares the store with what was acknowledged.
   *
   * @return the store's revision
   */
  private long verify(Map<String, Acknowledged> newest, long reached) throws Exception {
    try (ResourceStore store =
        EmbeddedStores.open(
            folder.resolve("data"), CrashingWriter.LIMITS, Clock.systemUTC(), Objects::index)) {
      long revision = await(store.revision());
      assertTrue(revision >= reached, "revision " + revision + " after " + reached);
      takeUnacknowledged(store, reached, newest);
      Map<String, StoredObject> stored = new HashMap<>();
      for (StoredObject object : await(store.list("configmaps", "", ListOptions.ALL)).objects()) {
        stored.put(object.key().name(), object);
      }
      for (Acknowledged write : newest.values()) {
        StoredObject object = stored.get(write.name());
        if (write.value().equals("-")) {
          assertEquals(null, object, write + " came back");
        } else {
          assertTrue(object != null, write + " is lost");
          assertEquals(write.value(), value(object));
          assertEquals(write.revision(), object.revision());
        }
      }
      return revision;
    }
  }

  /** What was written but not told before the kill counts from now on as the rest does. */
  private static void takeUnacknowledged(
      ResourceStore store, long acknowledged, Map<String, Acknowledged> newest) {
    RecordingSink sink = new RecordingSink();
    store.watch("configmaps", "", acknowledged, sink).close();
    long last = acknowledged;
    for (WatchEvent event : sink.rest()) {
      assertEquals(last + 1, event.revision());
      last = event.revision();
      String name = event.object().key().name();
      boolean removed = event.type() == WatchEvent.Type.DELETED;
      newest.put(name, new Acknowledged(name, removed ? "-" : value(event.object()), last));
    }
  }
}
