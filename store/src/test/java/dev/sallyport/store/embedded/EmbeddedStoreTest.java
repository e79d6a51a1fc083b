package dev.sallyport.store.embedded;

import static dev.sallyport.store.Objects.await;
import static dev.sallyport.store.Objects.key;
import static dev.sallyport.store.Objects.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.store.HistoryLimits;
import dev.sallyport.store.Objects;
import dev.sallyport.store.Preconditions;
import dev.sallyport.store.RandomisedModel;
import dev.sallyport.store.RecordingSink;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.ResourceStore.ListOptions;
import dev.sallyport.store.ResourceStore.Listing;
import dev.sallyport.store.ResourceStoreContract;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedStoreTest extends ResourceStoreContract {

  private static final HistoryLimits LIMITS = new HistoryLimits(HISTORY, Duration.ofHours(1));

  @TempDir Path folder;

  @Override
  protected ResourceStore open() throws Exception {
    return EmbeddedStores.open(data(), LIMITS, Clock.systemUTC(), Objects::index);
  }

  @Test
  void keepsObjectsAndRevisions() throws Exception {
    put("a", "one", "1");
    put("b", "two", "1");
    set("a", "one", "2");
    await(store.delete(key("b", "two"), Preconditions.NONE));
    put("b", "three", "1");
    Listing before = list("", ListOptions.ALL);

    reopen();

    Listing after = list("", ListOptions.ALL);
    assertEquals(before.revision(), after.revision());
    assertEquals(List.of("a/one", "b/three"), names(after));
    for (int i = 0; i < 2; i++) {
      StoredObject was = before.objects().get(i);
      StoredObject is = after.objects().get(i);
      assertEquals(text(was), text(is));
      assertEquals(was.revision(), is.revision());
      assertEquals(was.labels(), is.labels());
    }
    assertEquals(before.revision() + 1, put("c", "new", "1").revision());
  }

  @Test
  void revisionsStayAheadWhenTheLastWriteWasARemovalThatHistoryForgot() throws Exception {
    put("a", "one", "1");
    long removed = await(store.delete(key("a", "one"), Preconditions.NONE)).revision();
    store.close();
    Clock tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofDays(1));
    EmbeddedStores.open(data(), LIMITS, tomorrow, Objects::index).close();
    assertEquals(0, RawDatabase.count(data().resolve("store.db")));

    store = open();

    assertEquals(removed, await(store.revision()));
    assertEquals(StoreException.Kind.COMPACTED, refusal(() -> events(removed - 1)).kind());
    assertEquals(removed + 1, put("a", "one", "2").revision());
  }

  @Test
  void watchesResumeAcrossARestartFromEveryRevision() throws Exception {
    long start = await(store.revision());
    for (int i = 0; i < 60; i++) {
      put("a", "n" + i, "1");
      set("a", "n" + i, "2");
      if (i % 4 == 0) {
        await(store.delete(key("a", "n" + i), Preconditions.NONE));
      }
    }
    List<WatchEvent> told = events(start);

    reopen();

    assertSame(told, events(start));
    for (int i = 0; i < told.size(); i++) {
      assertSame(told.subList(i + 1, told.size()), events(told.get(i).revision()));
    }
    long middle = told.get(70).revision();
    assertEquals(middle, list("a", new ListOptions(middle, null, 0, null)).revision());
  }

  @Test
  void keepsTheLatestHistoryAndEveryObjectWhileOldHistoryGoes() throws Exception {
    for (int i = 0; i < 50; i++) {
      put("a", "quiet" + i, "" + i);
    }
    for (int i = 0; i < 3 * HISTORY; i++) {
      String name = "busy" + i % 7;
      if (await(store.get(key("a", name))).isEmpty()) {
        put("a", name, "" + i);
      } else if (i % 11 == 0) {
        await(store.delete(key("a", name), Preconditions.NONE));
      } else {
        set("a", name, "" + i);
      }
    }
    List<String> before = names(list("a", ListOptions.ALL));
    long revision = await(store.revision());
    List<WatchEvent> told = events(revision - HISTORY);

    reopen();

    assertEquals(before, names(list("a", ListOptions.ALL)));
    assertEquals(revision, await(store.revision()));
    assertSame(told, events(revision - HISTORY));
    assertEquals(StoreException.Kind.COMPACTED, refusal(() -> events(HISTORY)).kind());
    assertTrue(rows() <= HISTORY + 60, "rows " + rows());
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void agreesWithAPlainMapAcrossRestarts(long seed) throws Exception {
    RandomisedModel model = new RandomisedModel(seed, store);
    for (int i = 0; i < 1_000; i++) {
      if (i % 100 == 99) {
        reopen();
        model.reopened(store);
      }
      model.step();
    }
  }

  private void reopen() throws Exception {
    store.close();
    store = open();
  }

  private Path data() {
    return folder.resolve("data");
  }

  private List<WatchEvent> events(long behind) {
    RecordingSink sink = new RecordingSink();
    store.watch("configmaps", "", behind, sink).close();
    return sink.rest();
  }

  private long rows() throws Exception {
    store.close();
    return RawDatabase.count(data().resolve("store.db"));
  }

  private static void assertSame(List<WatchEvent> expected, List<WatchEvent> events) {
    assertEquals(expected.size(), events.size());
    for (int i = 0; i < events.size(); i++) {
      assertEquals(expected.get(i).type(), events.get(i).type());
      assertEquals(expected.get(i).revision(), events.get(i).revision());
      assertEquals(text(expected.get(i).object()), text(events.get(i).object()));
      assertEquals(previous(expected.get(i)), previous(events.get(i)));
    }
  }

  private static String previous(WatchEvent event) {
    StoredObject previous = event.previous();
    return previous == null ? "" : text(previous);
  }
}
