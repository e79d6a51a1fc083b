package dev.sallyport.store.cache;

import static dev.sallyport.store.Objects.await;
import static dev.sallyport.store.Objects.draft;
import static dev.sallyport.store.Objects.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.store.Change;
import dev.sallyport.store.Draft;
import dev.sallyport.store.HistoryLimits;
import dev.sallyport.store.Key;
import dev.sallyport.store.Preconditions;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.ResourceStore.WatchSink;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.WatchEvent;
import dev.sallyport.store.memory.MemoryStores;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Many watchers and many writes at once: each watcher is told of each write, once, in order. */
class WatchStressTest {

  private static final int WATCHERS = 200;
  private static final int WRITERS = 4;
  private static final int WRITES = 10_000;

  @Test
  void twoHundredWatchersLoseNoneOfTenThousandWrites() throws Exception {
    HistoryLimits limits = new HistoryLimits(WRITES + 10, Duration.ofHours(1));
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try (ResourceStore store = MemoryStores.open(limits, Clock.systemUTC())) {
      long start = await(store.revision());
      List<CountingSink> sinks = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int own = writer;
        writers.submit(() -> write(store, own));
      }
      for (int i = 0; i < WATCHERS; i++) {
        // Some join at the start, some in the middle of it, some are cut off and resume.
        CountingSink sink = new CountingSink(start);
        ResourceStore.Watch watch = store.watch("configmaps", "", start, sink);
        if (i % 4 == 0) {
          watch.close();
          store.watch("configmaps", "", sink.last(), sink);
        }
        sinks.add(sink);
      }
      for (CountingSink sink : sinks) {
        sink.awaitAll();
      }
      assertEquals(start + WRITES, await(store.revision()));
    } finally {
      writers.shutdownNow();
    }
  }

  private static void write(ResourceStore store, int writer) {
    for (int i = 0; i < WRITES / WRITERS; i++) {
      Key key = key("w" + writer, "n" + i / 3);
      Draft draft = draft(key, "" + i);
      if (i % 3 == 0) {
        await(store.create(key, draft));
      } else if (i % 3 == 1) {
        await(store.update(key, Preconditions.NONE, now -> Change.replaceBy(draft)));
      } else {
        await(store.delete(key, Preconditions.NONE));
      }
    }
  }

  /** Wants every revision behind the start, in order. */
  private static final class CountingSink implements WatchSink {
    private final long end;
    private final CountDownLatch all = new CountDownLatch(1);
    private volatile long last;
    private volatile @Nullable String fault;

    CountingSink(long start) {
      this.last = start;
      this.end = start + WRITES;
    }

    long last() {
      return last;
    }

    @Override
    public void event(WatchEvent event) {
      if (event.revision() != last + 1) {
        fault = event.revision() + " came after " + last;
      }
      last = event.revision();
      if (last == end) {
        all.countDown();
      }
    }

    @Override
    public void progress(long revision) {
      if (revision > last) {
        fault = "progress to " + revision + " before the events behind " + last;
      }
    }

    @Override
    public void ended(@Nullable StoreException failure) {}

    void awaitAll() throws InterruptedException {
      assertTrue(all.await(60, TimeUnit.SECONDS), () -> "stuck at " + last + " of " + end);
      assertEquals(null, fault);
    }
  }
}
