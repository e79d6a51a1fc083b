package dev.sallyport.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import dev.sallyport.api.Answer;
import dev.sallyport.store.Change;
import dev.sallyport.store.Draft;
import dev.sallyport.store.HistoryLimits;
import dev.sallyport.store.Key;
import dev.sallyport.store.Objects;
import dev.sallyport.store.Preconditions;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.ResourceStore.ListOptions;
import dev.sallyport.store.StoredObject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Measures writing, reading and opening; docs/decisions/storage.md has the command and the figures.
 */
final class StoreBench {

  /** About the size of a usual object. */
  private static final String FILLING = "x".repeat(1_000);

  private StoreBench() {}

  /**
   * @param args a directory that does not exist, and how many objects
   */
  public static void main(String[] args) throws Exception {
    Path data = Path.of(args[0]);
    int objects = Integer.parseInt(args[1]);
    try (ResourceStore store = open(data)) {
      measure("create, 1 under way", 2_000, i -> create(store, "warm", i), 1);
      measure("create, 64 under way", objects, i -> create(store, "a", i), 64);
      measure("update, 1 under way", 2_000, i -> update(store, i), 1);
      measure("update, 64 under way", objects, i -> update(store, i), 64);
      reads(store, objects);
    }
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      long cpu = processCpu();
      ResourceStore store = open(data);
      System.out.printf(
          "open: %d ms, %d ms of CPU%n",
          (System.nanoTime() - start) / 1_000_000, (processCpu() - cpu) / 1_000_000);
      store.close();
    }
  }

  private interface Write {
    Answer<StoredObject> apply(int i);
  }

  private static ResourceStore open(Path data) throws Exception {
    return EmbeddedStores.open(data, HistoryLimits.DEFAULT, Clock.systemUTC(), Objects::index);
  }

  private static void measure(String name, int count, Write write, int underWay)
      throws InterruptedException {
    Semaphore permits = new Semaphore(underWay);
    long cpu = publisherCpu();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      permits.acquire();
      write.apply(i).whenDone((written, failure) -> done(permits, failure));
    }
    permits.acquire(underWay);
    long nanos = System.nanoTime() - start;
    System.out.printf(
        "%s: %d/s, %.1f us of the publishing thread each%n",
        name, count * 1_000_000_000L / nanos, (publisherCpu() - cpu) / 1_000.0 / count);
  }

  private static void done(Semaphore permits, @Nullable Throwable failure) {
    if (failure != null) {
      failure.printStackTrace();
    }
    permits.release();
  }

  private static Answer<StoredObject> create(ResourceStore store, String namespace, int i) {
    Key key = Objects.key(namespace, "object-" + i);
    return store.create(key, draft(key, "1"));
  }

  private static Answer<StoredObject> update(ResourceStore store, int i) {
    Key key = Objects.key("a", "object-" + i);
    Draft draft = draft(key, "2-" + i);
    return store.update(key, Preconditions.NONE, now -> Change.replaceBy(draft));
  }

  private static Draft draft(Key key, String value) {
    Draft small = Objects.draft(key, value);
    String json = new String(small.json(), UTF_8);
    byte[] large =
        (json.substring(0, json.length() - 2) + ",\"f\":\"" + FILLING + "\"}}").getBytes(UTF_8);
    return new Draft(
        large,
        small.revisionOffset(),
        small.headLength(),
        small.uid(),
        small.labels(),
        small.fields());
  }

  private static void reads(ResourceStore store, int objects) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int round = 0; round < 3; round++) {
      long start = threads.getCurrentThreadCpuTime();
      long found = 0;
      for (int i = 0; i < 1_000_000; i++) {
        Key key = Objects.key("a", "object-" + (i * 7_919L) % objects);
        found += Objects.await(store.get(key)).isPresent() ? 1 : 0;
      }
      long nanos = threads.getCurrentThreadCpuTime() - start;
      System.out.printf("get: %d ns of CPU (%d found)%n", nanos / 1_000_000, found);
      start = threads.getCurrentThreadCpuTime();
      int listed = Objects.await(store.list("configmaps", "", ListOptions.ALL)).objects().size();
      nanos = threads.getCurrentThreadCpuTime() - start;
      System.out.printf("list of %d: %d us of CPU%n", listed, nanos / 1_000);
    }
  }

  private static long processCpu() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static long publisherCpu() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("store-publisher")) {
        return threads.getThreadCpuTime(thread.getId());
      }
    }
    return 0;
  }
}
