package dev.sallyport.store.embedded;

import static dev.sallyport.store.Objects.draft;
import static dev.sallyport.store.Objects.key;

import dev.sallyport.store.Change;
import dev.sallyport.store.Draft;
import dev.sallyport.store.HistoryLimits;
import dev.sallyport.store.Key;
import dev.sallyport.store.Objects;
import dev.sallyport.store.Preconditions;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoredObject;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A process that writes until it is killed, and tells each acknowledgement on its standard output:
 * {@code key value revision}, with "-" as the value of a removal.
 */
final class CrashingWriter {

  /** History short enough that every run removes some. */
  static final HistoryLimits LIMITS = new HistoryLimits(300, Duration.ofHours(1));

  private static final int KEYS = 40;

  private final ResourceStore store;

  /** Several writes under way, so that transactions hold more than one. */
  private final Semaphore underWay = new Semaphore(16);

  private final FileOutputStream out = new FileOutputStream(java.io.FileDescriptor.out);

  private CrashingWriter(ResourceStore store) {
    this.store = store;
  }

  /**
   * @param args the data directory, and a number that makes this run's values its own
   */
  public static void main(String[] args) throws Exception {
    ResourceStore store =
        EmbeddedStores.open(Path.of(args[0]), LIMITS, Clock.systemUTC(), Objects::index);
    new CrashingWriter(store).write(args[1]);
  }

  private void write(String run) throws Exception {
    for (int i = 0; ; i++) {
      underWay.acquire();
      Key key = key("a", "n" + (i * 7) % KEYS);
      String value = run + "-" + i;
      if (store.get(key).toStage().toCompletableFuture().join().isEmpty()) {
        store.create(key, draft(key, value)).whenDone((now, e) -> tell(now, value));
      } else if (i % 5 == 0) {
        store.delete(key, Preconditions.NONE).whenDone((now, e) -> tell(now, "-"));
      } else {
        Draft draft = draft(key, value);
        store
            .update(key, Preconditions.NONE, current -> Change.replaceBy(draft))
            .whenDone((now, e) -> tell(now, value));
      }
    }
  }

  private void tell(@Nullable StoredObject written, String value) {
    underWay.release();
    if (written == null) {
      return; // a race of two writes under way for one key
    }
    String line = written.key().name() + " " + value + " " + written.revision() + "\n";
    try {
      out.write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      Runtime.getRuntime().halt(1);
    }
  }
}
