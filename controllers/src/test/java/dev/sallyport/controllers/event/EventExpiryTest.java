package dev.sallyport.controllers.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.store.Change;
import dev.sallyport.store.Draft;
import dev.sallyport.store.Key;
import dev.sallyport.store.Preconditions;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import dev.sallyport.store.factory.Stores;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EventExpiryTest {

  private static final Duration TTL = Duration.ofHours(1);

  private final ResourceStore store = Stores.memory();
  private final List<Runnable> timed = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void removesWhatIsOldAndTellsItsWatchers() throws Exception {
    start();
    StoredObject old = create("old");
    BlockingQueue<WatchEvent> seen = watch(old.revision());
    advance(TTL.minusSeconds(1));
    assertEquals(List.of("old"), names());
    StoredObject young = create("young");
    advance(Duration.ofSeconds(1));

    assertEquals(WatchEvent.Type.ADDED, next(seen).type());
    WatchEvent deleted = next(seen);
    assertEquals(WatchEvent.Type.DELETED, deleted.type());
    assertEquals("old", deleted.object().key().name());
    assertTrue(deleted.revision() > young.revision());
    assertEquals(List.of("young"), names());
  }

  @Test
  void aWriteBeginsTheTimeAnew() throws Exception {
    start();
    create("a");
    advance(TTL.dividedBy(2));
    var written =
        store.update(key("a"), Preconditions.NONE, old -> Change.replaceBy(draft("a", "2")));
    var unused = written.toStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    advance(TTL.dividedBy(2));
    assertEquals(List.of("a"), names());
    advance(TTL.dividedBy(2));
    assertEquals(List.of(), names());
  }

  @Test
  void whatWasThereBeforeTheStartGoesByItsOwnTime() throws Exception {
    create("early");
    create("late");
    start();
    advance(Duration.ofMinutes(10));
    assertEquals(List.of("late"), names());
  }

  @Test
  void manyAreRemovedOneLotAfterTheOther() throws Exception {
    start();
    for (int i = 0; i < 1200; i++) {
      create("n" + i);
    }
    now = now.plus(TTL);
    sweep();
    assertEquals(700, names().size());
    sweep();
    sweep();
    assertEquals(0, names().size());
  }

  private void start() {
    // "early" is fifty minutes old at the start, everything else is new.
    long then = now.toEpochMilli();
    new EventExpiry(
            store,
            "events",
            TTL,
            object ->
                object.key().name().equals("early")
                    ? then - Duration.ofMinutes(50).toMillis()
                    : then,
            new Moving(),
            (delay, task) -> timed.add(task))
        .start();
  }

  private void advance(Duration time) throws Exception {
    now = now.plus(time);
    sweep();
  }

  /** One sweep, and all it has written. */
  private void sweep() throws Exception {
    List<Runnable> due = List.copyOf(timed);
    timed.clear();
    due.forEach(Runnable::run);
    create("barrier");
    var unused =
        store
            .delete(key("barrier"), Preconditions.NONE)
            .toStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  private List<String> names() throws Exception {
    return store
        .list("events", "", ResourceStore.ListOptions.ALL)
        .toStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS)
        .objects()
        .stream()
        .map(object -> object.key().name())
        .toList();
  }

  private BlockingQueue<WatchEvent> watch(long revision) {
    BlockingQueue<WatchEvent> seen = new LinkedBlockingQueue<>();
    var unused =
        store.watch(
            "events",
            "",
            revision,
            new ResourceStore.WatchSink() {
              @Override
              public void event(WatchEvent event) {
                if (!event.object().key().name().equals("barrier")) {
                  seen.add(event);
                }
              }

              @Override
              public void progress(long reached) {}

              @Override
              public void ended(@Nullable StoreException failure) {}
            });
    return seen;
  }

  private static WatchEvent next(BlockingQueue<WatchEvent> seen) throws InterruptedException {
    WatchEvent event = seen.poll(10, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("nothing was told");
    }
    return event;
  }

  private StoredObject create(String name) throws Exception {
    return store
        .create(key(name), draft(name, "1"))
        .toStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  private static Key key(String name) {
    return new Key("events", "w", name);
  }

  private static Draft draft(String name, String count) {
    String head = "{\"metadata\":{\"name\":\"" + name + "\"";
    byte[] json = (head + "},\"count\":" + count + "}").getBytes(StandardCharsets.UTF_8);
    return new Draft(json, head.length(), 1, "u", Map.of(), Map.of());
  }

  private final class Moving extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
