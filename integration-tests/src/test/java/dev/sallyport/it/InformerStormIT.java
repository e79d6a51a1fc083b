package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many informers on many objects while these change quickly: each informer is told every change
 * once and in order, whatever the others do, by a server with a heap of 512 MB. As a test it is
 * small and counts; {@code bench/storm} runs it large and tells the times.
 */
final class InformerStormIT {

  private static final int WATCHERS = Integer.getInteger("storm.watchers", 20);
  private static final int OBJECTS = Integer.getInteger("storm.objects", 500);
  private static final int CHANGES = Integer.getInteger("storm.changes", 2_000);

  /** Changes a second; 0 for as many as the server takes. */
  private static final int RATE = Integer.getInteger("storm.rate", 0);

  private static final int WRITERS = 8;
  private static final int PATIENCE_SECONDS = 300;
  private static final String PATH = "/api/v1/namespaces/storm/secrets";

  @TempDir Path folder;

  @Test
  void everyInformerIsToldEveryChangeOnceAndInOrder() throws Exception {
    Files.writeString(folder.resolve("tokens.csv"), "boss,boss,u1,system:masters\n");
    ExecutorService threads = Executors.newFixedThreadPool(WATCHERS + WRITERS);
    try (SallyportProcess server =
        SallyportProcess.startWith(
            "-Xmx512m", folder, "--token-auth-file=tokens.csv", "--storage-engine=memory")) {
      try (StormWriter first = new StormWriter(connect(server))) {
        first.namespace("storm");
      }
      write(server, threads, true, OBJECTS, 0);
      CountDownLatch synced = new CountDownLatch(WATCHERS);
      List<StormWatcher> watchers = new ArrayList<>();
      List<Future<long[]>> told = new ArrayList<>();
      for (int i = 0; i < WATCHERS; i++) {
        StormWatcher watcher = new StormWatcher(connect(server), PATH, synced, CHANGES);
        watchers.add(watcher);
        told.add(threads.submit(watcher));
      }
      assertTrue(synced.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "the watchers are not in sync");
      long cpu = cpuMillis(server);
      long began = System.nanoTime();
      long[] versions = write(server, threads, false, CHANGES, RATE);
      long written = System.nanoTime();
      long latest = written;
      for (int i = 0; i < WATCHERS; i++) {
        assertArrayEquals(versions, told.get(i).get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertEquals(OBJECTS, watchers.get(i).initial());
        latest = Math.max(latest, watchers.get(i).arrived());
      }
      report(server, written - began, latest - written, cpuMillis(server) - cpu);
    } finally {
      threads.shutdownNow();
    }
  }

  private static SSLSocket connect(SallyportProcess server) throws Exception {
    SSLSocket socket =
        (SSLSocket)
            PlainHttps.trustingAllContext()
                .getSocketFactory()
                .createSocket("127.0.0.1", server.port());
    socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    return socket;
  }

  /** Writes so many times, by all writers together; answers the versions in their order. */
  private static long[] write(
      SallyportProcess server, ExecutorService threads, boolean create, int count, int rate)
      throws Exception {
    long[] versions = new long[count];
    long began = System.nanoTime();
    List<Future<Void>> writers = new ArrayList<>();
    for (int w = 0; w < WRITERS; w++) {
      int first = w;
      Callable<Void> writer =
          () -> {
            try (StormWriter line = new StormWriter(connect(server))) {
              for (int i = first; i < count; i += WRITERS) {
                pace(began, i, rate);
                versions[i] = line.write(create, PATH, "s" + i % OBJECTS, create ? -1 : i);
              }
            }
            return null;
          };
      writers.add(threads.submit(writer));
    }
    for (Future<Void> writer : writers) {
      var unused = writer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    Arrays.sort(versions);
    return versions;
  }

  private static void pace(long began, int number, int rate) {
    if (rate == 0) {
      return;
    }
    long due = began + number * TimeUnit.SECONDS.toNanos(1) / rate;
    for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
      LockSupport.parkNanos(wait);
    }
  }

  private static long cpuMillis(SallyportProcess server) {
    return ProcessHandle.of(server.pid())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow()
        .toMillis();
  }

  private static void report(SallyportProcess server, long nanos, long behind, long cpuMillis)
      throws Exception {
    long resident =
        Files.readAllLines(Path.of("/proc/" + server.pid() + "/status")).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
            .findFirst()
            .orElse(0);
    System.out.printf(
        "storm: %d watchers, %d objects, %d changes in %.1f s (%.0f/s); the last watcher was done"
            + " %d ms behind the last write; server: %.1f s of CPU, %.1f us a told event, at most"
            + " %d MB resident%n",
        WATCHERS,
        OBJECTS,
        CHANGES,
        nanos / 1e9,
        CHANGES * 1e9 / nanos,
        TimeUnit.NANOSECONDS.toMillis(behind),
        cpuMillis / 1e3,
        cpuMillis * 1e3 / CHANGES / WATCHERS,
        resident);
  }
}
