package dev.sallyport.store;

import static dev.sallyport.store.Objects.await;
import static dev.sallyport.store.Objects.draft;
import static dev.sallyport.store.Objects.key;
import static dev.sallyport.store.Objects.text;
import static dev.sallyport.store.Objects.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.store.ResourceStore.ListOptions;
import dev.sallyport.store.ResourceStore.Listing;
import dev.sallyport.store.StoreException.Kind;
import dev.sallyport.store.WatchEvent.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine promises. */
public abstract class ResourceStoreContract {

  /** The most events the store under test keeps in history. */
  protected static final int HISTORY = 1_000;

  private static final Preconditions NONE = Preconditions.NONE;

  protected ResourceStore store;

  /** Opens an empty store that keeps {@link #HISTORY} events. */
  protected abstract ResourceStore open() throws Exception;

  @BeforeEach
  void start() throws Exception {
    store = open();
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void createsAndReads() {
    Key key = key("a", "one");

    StoredObject created = await(store.create(key, draft(key, "1")));

    StoredObject read = await(store.get(key)).orElseThrow();
    assertEquals(key, read.key());
    assertEquals(created.revision(), read.revision());
    assertEquals(
        "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"one\",\"uid\":\"uid-a-one\","
            + "\"resourceVersion\":\""
            + created.revision()
            + "\"},\"data\":{\"v\":\"1\"}}",
        text(read));
    assertEquals("uid-a-one", read.uid());
    assertEquals("1", read.labels().get("v"));
    assertEquals("one", read.fields().get("metadata.name"));
    assertEquals(created.revision(), await(store.revision()));
  }

  @Test
  void answersNothingForAnAbsentKey() {
    assertTrue(await(store.get(key("a", "none"))).isEmpty());
    assertTrue(await(store.get(new Key("never", "seen", "before"))).isEmpty());
  }

  @Test
  void refusesToCreateTwice() {
    StoredObject first = put("a", "one", "1");

    StoreException refusal = refusal(() -> put("a", "one", "2"));

    assertEquals(Kind.EXISTS, refusal.kind());
    assertEquals(first.revision(), present(refusal.current()).revision());
    assertEquals("1", valueOf("a", "one"));
  }

  @Test
  void sameNameInOtherNamespaceOrCollectionIsAnotherObject() {
    put("a", "one", "1");
    put("b", "one", "2");
    Key secret = new Key("secrets", "a", "one");
    await(store.create(secret, draft(secret, "3")));

    assertEquals("1", valueOf("a", "one"));
    assertEquals("2", valueOf("b", "one"));
    assertEquals("3", value(await(store.get(secret)).orElseThrow()));
  }

  @Test
  void updates() {
    StoredObject first = put("a", "one", "1");

    StoredObject second = set("a", "one", "2");

    assertTrue(second.revision() > first.revision());
    assertEquals("2", valueOf("a", "one"));
    assertTrue(text(second).contains("\"resourceVersion\":\"" + second.revision() + "\""));
  }

  @Test
  void changeSeesTheCurrentState() {
    put("a", "one", "1");
    AtomicReference<String> seen = new AtomicReference<>();

    await(
        store.update(
            key("a", "one"),
            NONE,
            current -> {
              seen.set(value(current));
              return Change.UNCHANGED;
            }));

    assertEquals("1", seen.get());
  }

  @Test
  void unchangedWritesNothing() {
    StoredObject first = put("a", "one", "1");

    StoredObject same = await(store.update(key("a", "one"), NONE, current -> Change.UNCHANGED));

    assertEquals(first.revision(), same.revision());
    assertEquals(first.revision(), await(store.revision()));
  }

  @Test
  void equalDraftWritesNothing() {
    StoredObject first = put("a", "one", "1");

    StoredObject same = set("a", "one", "1");

    assertEquals(first.revision(), same.revision());
    assertEquals(first.revision(), await(store.revision()));
  }

  @Test
  void updateAndDeleteNeedAnObject() {
    assertEquals(Kind.NOT_FOUND, refusal(() -> set("a", "none", "1")).kind());
    assertEquals(Kind.NOT_FOUND, refusal(() -> await(store.delete(key("a", "none"), NONE))).kind());
  }

  @Test
  void failsWithWhatTheChangeThrows() {
    put("a", "one", "1");

    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                await(
                    store.update(
                        key("a", "one"),
                        NONE,
                        current -> {
                          throw new IllegalStateException("not so");
                        })));

    assertEquals("not so", thrown.getMessage());
    assertEquals("2", value(set("a", "one", "2")));
  }

  @Test
  void refusesAnotherRevision() {
    StoredObject first = put("a", "one", "1");
    StoredObject second = set("a", "one", "2");
    Key key = key("a", "one");
    Preconditions stale = new Preconditions("", first.revision());

    StoreException refusal =
        refusal(() -> await(store.update(key, stale, now -> Change.replaceBy(draft(key, "3")))));

    assertEquals(Kind.CONFLICT, refusal.kind());
    assertEquals(second.revision(), present(refusal.current()).revision());
    assertEquals(Kind.CONFLICT, refusal(() -> await(store.delete(key, stale))).kind());
    assertEquals("2", valueOf("a", "one"));
  }

  @Test
  void refusesAnotherUid() {
    put("a", "one", "1");
    Key key = key("a", "one");

    assertEquals(
        Kind.CONFLICT, refusal(() -> await(store.delete(key, new Preconditions("x", 0)))).kind());
    await(store.delete(key, new Preconditions("uid-a-one", 0)));

    assertTrue(await(store.get(key)).isEmpty());
  }

  @Test
  void deletionAnswersTheLastStateWithItsOwnRevision() {
    StoredObject created = put("a", "one", "1");

    StoredObject last = await(store.delete(key("a", "one"), NONE));

    assertTrue(last.revision() > created.revision());
    assertTrue(text(last).contains(",\"resourceVersion\":\"" + last.revision() + "\"},\"data\""));
    assertFalse(text(last).contains("\"" + created.revision() + "\""));
    assertTrue(await(store.get(key("a", "one"))).isEmpty());
    assertEquals(last.revision(), await(store.revision()));
  }

  @Test
  void deletionMayCarryALastDraft() throws Exception {
    StoredObject created = put("a", "one", "1");
    Key key = key("a", "one");
    RecordingSink sink = new RecordingSink();
    store.watch("configmaps", "", created.revision(), sink);

    StoredObject last =
        await(store.update(key, NONE, now -> new Change.Outcome(draft(key, "end"), true)));

    assertEquals("end", value(last));
    WatchEvent event = sink.next();
    assertEquals(Type.DELETED, event.type());
    assertEquals("end", value(event.object()));
    assertEquals("1", value(present(event.previous())));
    assertTrue(await(store.get(key)).isEmpty());
  }

  @Test
  void recreatedObjectIsNew() {
    put("a", "one", "1");
    StoredObject removed = await(store.delete(key("a", "one"), NONE));

    StoredObject again = put("a", "one", "2");

    assertTrue(again.revision() > removed.revision());
    assertEquals("2", valueOf("a", "one"));
  }

  @Test
  void listsInTheOrderOfPaths() {
    put("team", "b", "1");
    put("team-a", "z", "2");
    put("team", "a", "3");
    put("zoo", "a", "4");

    Listing all = list("", ListOptions.ALL);

    assertEquals(List.of("team-a/z", "team/a", "team/b", "zoo/a"), names(all));
    assertEquals(List.of("team/a", "team/b"), names(list("team", ListOptions.ALL)));
    assertEquals(List.of(), names(list("tea", ListOptions.ALL)));
    assertEquals(await(store.revision()), all.revision());
    assertFalse(all.more());
    assertEquals(0, all.remaining());
  }

  @Test
  void pagesAtOneRevisionWhileWritesGoOn() {
    IntStream.range(0, 10).forEach(i -> put("a", "n" + i, "old"));
    Listing first = list("a", new ListOptions(0, null, 4, null));

    set("a", "n5", "new");
    await(store.delete(key("a", "n6"), NONE));
    put("a", "n55", "new");
    Listing second = list("a", after(first, 4));
    Listing third = list("a", after(second, 4));

    assertEquals(List.of("a/n0", "a/n1", "a/n2", "a/n3"), names(first));
    assertEquals(6, first.remaining());
    assertEquals(List.of("a/n4", "a/n5", "a/n6", "a/n7"), names(second));
    assertEquals("old", value(second.objects().get(1)));
    assertEquals(first.revision(), second.revision());
    assertTrue(second.more());
    assertEquals(List.of("a/n8", "a/n9"), names(third));
    assertFalse(third.more());
  }

  @Test
  void pagesOfOneNamespaceDoNotCountOthers() {
    put("a", "x", "1");
    put("b", "x", "1");
    put("b", "y", "1");
    put("c", "x", "1");

    Listing page = list("b", new ListOptions(0, null, 1, null));
    Listing last = list("b", after(page, 1));

    assertTrue(page.more());
    assertEquals(1, page.remaining());
    assertEquals(List.of("b/y"), names(last));
    assertFalse(last.more());
  }

  @Test
  void filtersBeforeItLimits() {
    for (int i = 0; i < 10; i++) {
      put("a", "n" + i, i % 2 == 0 ? "even" : "odd");
    }

    Listing page = list("a", new ListOptions(0, null, 2, o -> value(o).equals("odd")));
    Listing all = list("a", new ListOptions(0, null, 5, o -> value(o).equals("odd")));

    assertEquals(List.of("a/n1", "a/n3"), names(page));
    assertTrue(page.more());
    assertEquals(5, all.objects().size());
    assertFalse(all.more(), "what is left does not match");
  }

  @Test
  void listsAnyRevisionInHistory() {
    List<Long> revisions = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      revisions.add(put("a", "n" + i, "1").revision());
    }
    await(store.delete(key("a", "n0"), NONE));

    for (int i = 0; i < 50; i++) {
      Listing then = list("a", new ListOptions(revisions.get(i), null, 0, null));
      assertEquals(i + 1, then.objects().size());
      assertEquals(revisions.get(i), then.revision());
    }
  }

  @Test
  void refusesAFutureRevision() {
    long current = put("a", "one", "1").revision();
    ListOptions ahead = new ListOptions(current + 1, null, 0, null);

    StoreException listed = refusal(() -> list("a", ahead));
    StoreException watched =
        refusal(() -> store.watch("configmaps", "", current + 1, new RecordingSink()));

    assertEquals(Kind.FUTURE, listed.kind());
    assertEquals(Kind.FUTURE, watched.kind());
    assertEquals(current, watched.currentRevision());
  }

  @Test
  void refusesWhatIsOlderThanHistory() {
    long first = put("a", "one", "0").revision();
    for (int i = 1; i <= HISTORY + 10; i++) {
      set("a", "one", "" + i);
    }
    // Trimming follows the batch it belongs to: with the answer to one more write it has happened.
    set("a", "one", "last");

    assertEquals(
        Kind.COMPACTED,
        refusal(() -> store.watch("configmaps", "", first, new RecordingSink())).kind());
    assertEquals(
        Kind.COMPACTED, refusal(() -> list("a", new ListOptions(first, null, 0, null))).kind());
    assertEquals("last", valueOf("a", "one"));
  }

  @Test
  void watchTellsEveryWriteInOrder() throws Exception {
    StoredObject one = put("a", "one", "1");
    RecordingSink sink = new RecordingSink();
    store.watch("configmaps", "", one.revision(), sink);

    StoredObject two = put("b", "two", "1");
    StoredObject changed = set("a", "one", "2");
    StoredObject gone = await(store.delete(key("b", "two"), NONE));

    assertEvent(sink.next(), Type.ADDED, two, null);
    assertEvent(sink.next(), Type.MODIFIED, changed, one);
    assertEvent(sink.next(), Type.DELETED, gone, two);
    assertEquals(List.of(), sink.rest());
  }

  @Test
  void watchResumesFromEveryRevision() throws Exception {
    long start = await(store.revision());
    for (int i = 0; i < 100; i++) {
      put("a", "n" + i, "1");
      if (i % 3 == 0) {
        set("a", "n" + i, "2");
      }
      if (i % 5 == 0) {
        await(store.delete(key("a", "n" + i), NONE));
      }
    }
    RecordingSink whole = new RecordingSink();
    store.watch("configmaps", "", start, whole).close();
    List<WatchEvent> all = whole.rest();

    assertEquals(154, all.size());
    for (int i = 0; i < all.size(); i++) {
      RecordingSink rest = new RecordingSink();
      store.watch("configmaps", "", all.get(i).revision(), rest).close();
      assertEquals(all.subList(i + 1, all.size()), rest.rest());
    }
  }

  @Test
  void watchOfANamespaceHearsNothingElse() throws Exception {
    long start = await(store.revision());
    put("a", "early", "1");
    put("b", "early", "1");
    RecordingSink sink = new RecordingSink();
    store.watch("configmaps", "b", start, sink);
    Key secret = new Key("secrets", "b", "s");

    put("a", "late", "1");
    await(store.create(secret, draft(secret, "1")));
    put("b", "late", "1");

    assertEquals(key("b", "early"), sink.next().object().key());
    assertEquals(key("b", "late"), sink.next().object().key());
    assertEquals(List.of(), sink.rest());
  }

  @Test
  void watchTellsProgressOfOtherCollections() throws Exception {
    RecordingSink sink = new RecordingSink();
    store.watch("secrets", "", await(store.revision()), sink);

    long revision = put("a", "one", "1").revision();

    sink.awaitProgress(revision);
    assertEquals(List.of(), sink.rest());
  }

  @Test
  void whoIsToldOfARevisionMayNameItAtOnce() {
    List<String> faults = new ArrayList<>();
    store.observe("configmaps", event -> check(event, faults));
    store.watch(
        "configmaps",
        "",
        await(store.revision()),
        new ResourceStore.WatchSink() {
          @Override
          public void event(WatchEvent event) {
            check(event, faults);
          }

          @Override
          public void progress(long revision) {}

          @Override
          public void ended(@Nullable StoreException failure) {}
        });

    put("a", "one", "1");
    set("a", "one", "2");

    assertEquals(List.of(), faults);
  }

  private void check(WatchEvent event, List<String> faults) {
    if (await(store.revision()) < event.revision()) {
      faults.add("revision() is behind " + event.revision());
    }
    try {
      list("", new ListOptions(event.revision(), null, 0, null));
      store.watch("configmaps", "", event.revision(), new RecordingSink()).close();
    } catch (StoreException e) {
      faults.add(String.valueOf(e.getMessage()));
    }
  }

  @Test
  void closedWatchHearsNothing() {
    RecordingSink sink = new RecordingSink();
    ResourceStore.Watch watch = store.watch("configmaps", "", await(store.revision()), sink);
    put("a", "one", "1");
    watch.close();
    put("a", "two", "1");

    assertEquals(1, sink.rest().size());
    assertFalse(sink.isEnded());
  }

  @Test
  void throwingSinkIsEndedAndHurtsNobodyElse() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    long start = await(store.revision());
    store.watch(
        "configmaps",
        "",
        start,
        new ResourceStore.WatchSink() {
          @Override
          public void event(WatchEvent event) {
            throw new IllegalStateException("queue is full");
          }

          @Override
          public void progress(long revision) {}

          @Override
          public void ended(@Nullable StoreException failure) {
            ended.countDown();
          }
        });
    RecordingSink other = new RecordingSink();
    store.watch("configmaps", "", start, other);

    put("a", "one", "1");

    assertTrue(ended.await(20, TimeUnit.SECONDS));
    assertEquals(key("a", "one"), other.next().object().key());
  }

  @Test
  void observerKnowsBeforeTheAnswer() {
    put("a", "one", "1");
    List<String> told = new ArrayList<>();
    store.observe(
        "configmaps", event -> told.add(event.type() + " " + event.object().key().name()));
    assertEquals(List.of("ADDED one"), told);

    // The answers below come from the publishing thread, which tells observers first.
    put("a", "two", "1");
    assertEquals(List.of("ADDED one", "ADDED two"), told);
    set("a", "one", "2");
    assertEquals(List.of("ADDED one", "ADDED two", "MODIFIED one"), told);
    await(store.delete(key("a", "one"), NONE));
    assertEquals(4, told.size());
  }

  @Test
  void failingObserverDoesNotFailTheWrite() {
    store.observe(
        "configmaps",
        event -> {
          throw new IllegalStateException("bad day");
        });

    assertEquals("1", value(put("a", "one", "1")));
    assertEquals("1", valueOf("a", "one"));
  }

  @Test
  void everyIncrementOfManyThreadsCounts() throws Exception {
    int threads = 8;
    int each = 200;
    put("a", "counter", "0");
    RecordingSink sink = new RecordingSink();
    store.watch("configmaps", "a", await(store.revision()), sink);

    inParallel(
        threads,
        thread -> {
          for (int i = 0; i < each; i++) {
            await(store.update(key("a", "counter"), NONE, ResourceStoreContract::increment));
          }
        });

    assertEquals("" + threads * each, valueOf("a", "counter"));
    List<WatchEvent> events = sink.next(threads * each);
    for (int i = 0; i < events.size(); i++) {
      assertEquals("" + (i + 1), value(events.get(i).object()));
      assertEquals("" + i, value(present(events.get(i).previous())));
    }
  }

  @Test
  void oneOfManyCreatorsWins() throws Exception {
    int threads = 8;
    List<String> winners = Collections.synchronizedList(new ArrayList<>());
    inParallel(
        threads,
        thread -> {
          for (int i = 0; i < 50; i++) {
            try {
              put("a", "n" + i, "t" + thread);
              winners.add("n" + i);
            } catch (StoreException e) {
              assertEquals(Kind.EXISTS, e.kind());
            }
          }
        });

    assertEquals(50, winners.size());
    assertEquals(50, list("a", ListOptions.ALL).objects().size());
  }

  @Test
  void watchersThatJoinDuringWritesLoseNothing() throws Exception {
    int writes = 600;
    long start = await(store.revision());
    List<RecordingSink> sinks = new ArrayList<>();
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      writer.submit(() -> IntStream.range(0, writes).forEach(i -> put("a", "n" + i, "1")));
      for (int i = 0; i < 40; i++) {
        RecordingSink sink = new RecordingSink();
        store.watch("configmaps", i % 2 == 0 ? "" : "a", start, sink);
        sinks.add(sink);
        // Lists see a prefix of the writes, and a watch from there brings exactly the rest.
        Listing now = list("a", ListOptions.ALL);
        RecordingSink rest = new RecordingSink();
        store.watch("configmaps", "a", now.revision(), rest);
        List<WatchEvent> tail = rest.next(writes - now.objects().size());
        assertEquals("n" + (writes - 1), last(now, tail));
      }
      for (RecordingSink sink : sinks) {
        List<WatchEvent> events = sink.next(writes);
        for (int i = 0; i < writes; i++) {
          assertEquals("n" + i, events.get(i).object().key().name());
        }
        assertEquals(List.of(), sink.rest());
      }
    } finally {
      writer.shutdownNow();
    }
  }

  @Test
  void eventIsSharedByAllWatchers() throws Exception {
    long start = await(store.revision());
    RecordingSink live = new RecordingSink();
    store.watch("configmaps", "", start, live);
    put("a", "one", "1");
    RecordingSink late = new RecordingSink();
    store.watch("configmaps", "a", start, late);

    WatchEvent event = live.next();
    event.keepEncoded(new byte[] {1});

    assertSame(event, late.next());
    assertArrayEquals(new byte[] {1}, event.encoded());
    assertSame(event.object(), await(store.get(key("a", "one"))).orElseThrow());
  }

  @Test
  void closedStoreRefusesEverythingAndEndsWatches() {
    RecordingSink sink = new RecordingSink();
    put("a", "one", "1");
    store.watch("configmaps", "", await(store.revision()), sink);

    store.close();

    assertTrue(sink.isEnded());
    assertEquals(Kind.UNAVAILABLE, refusal(() -> put("a", "two", "1")).kind());
    assertEquals(Kind.UNAVAILABLE, refusal(() -> set("a", "one", "2")).kind());
    assertEquals(Kind.UNAVAILABLE, refusal(() -> valueOf("a", "one")).kind());
    assertEquals(Kind.UNAVAILABLE, refusal(() -> list("a", ListOptions.ALL)).kind());
    assertEquals(Kind.UNAVAILABLE, refusal(() -> await(store.revision())).kind());
    assertEquals(Kind.UNAVAILABLE, refusal(() -> store.watch("configmaps", "", 2, sink)).kind());
    store.close();
  }

  @Test
  void closeCompletesWhatWasTaken() {
    List<Answer<StoredObject>> answers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      answers.add(store.create(key("a", "n" + i), draft(key("a", "n" + i), "1")));
    }

    store.close();

    for (var answer : answers) {
      assertNotNull(await(answer));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithAPlainMap(long seed) {
    RandomisedModel model = new RandomisedModel(seed, store);
    for (int i = 0; i < 1_200; i++) {
      model.step();
    }
  }

  // --- words of these tests

  protected StoredObject put(String namespace, String name, String value) {
    Key key = key(namespace, name);
    return await(store.create(key, draft(key, value)));
  }

  protected StoredObject set(String namespace, String name, String value) {
    Key key = key(namespace, name);
    return await(store.update(key, NONE, current -> Change.replaceBy(draft(key, value))));
  }

  protected String valueOf(String namespace, String name) {
    return value(await(store.get(key(namespace, name))).orElseThrow());
  }

  protected Listing list(String namespace, ListOptions options) {
    return await(store.list("configmaps", namespace, options));
  }

  protected static List<String> names(Listing listing) {
    return listing.objects().stream()
        .map(object -> object.key().namespace() + "/" + object.key().name())
        .toList();
  }

  private static StoredObject present(@Nullable StoredObject object) {
    return Optional.ofNullable(object).orElseThrow();
  }

  protected static StoreException refusal(Runnable action) {
    return assertThrows(StoreException.class, action::run);
  }

  private static ListOptions after(Listing page, int limit) {
    Key last = page.objects().get(page.objects().size() - 1).key();
    return new ListOptions(page.revision(), last, limit, null);
  }

  private static String last(Listing listing, List<WatchEvent> tail) {
    return tail.isEmpty()
        ? "n" + (listing.objects().size() - 1)
        : tail.get(tail.size() - 1).object().key().name();
  }

  private static Change.Outcome increment(StoredObject current) {
    int next = Integer.parseInt(value(current)) + 1;
    return Change.replaceBy(draft(current.key(), "" + next));
  }

  private static void assertEvent(
      WatchEvent event, Type type, StoredObject object, @Nullable StoredObject previous) {
    assertEquals(type, event.type());
    assertSame(object, event.object());
    if (previous == null) {
      assertNull(event.previous());
    } else {
      assertSame(previous, event.previous());
    }
  }

  /** Runs the action on that many threads at once and fails if one fails. */
  protected static void inParallel(int threads, IntConsumer action) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        runs.add(pool.submit(() -> action.accept(thread)));
      }
      for (var run : runs) {
        run.get(60, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
