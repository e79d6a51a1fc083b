package dev.sallyport.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps what a watch is told. */
public final class RecordingSink implements ResourceStore.WatchSink {

  private final BlockingQueue<WatchEvent> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Long> progress = new LinkedBlockingQueue<>();
  private volatile boolean ended;

  @Override
  public void event(WatchEvent event) {
    events.add(event);
  }

  @Override
  public void progress(long revision) {
    progress.add(revision);
  }

  @Override
  public void ended(@Nullable StoreException failure) {
    ended = true;
  }

  public boolean isEnded() {
    return ended;
  }

  /** The next event, which must come. */
  public WatchEvent next() throws InterruptedException {
    WatchEvent event = events.poll(20, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no event came");
    }
    return event;
  }

  public List<WatchEvent> next(int count) throws InterruptedException {
    List<WatchEvent> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(next());
    }
    return all;
  }

  /** What has come and was not asked for yet. */
  public List<WatchEvent> rest() {
    List<WatchEvent> all = new ArrayList<>();
    events.drainTo(all);
    return all;
  }

  /** Waits until the store has told of progress up to the revision. */
  public void awaitProgress(long revision) throws InterruptedException {
    Long told = 0L;
    while (told != null && told < revision) {
      told = progress.poll(20, TimeUnit.SECONDS);
    }
    if (told == null) {
      throw new AssertionError("no progress up to " + revision);
    }
  }
}
