package dev.sallyport.store.embedded;

import static dev.sallyport.store.Objects.await;
import static dev.sallyport.store.Objects.draft;
import static dev.sallyport.store.Objects.key;
import static dev.sallyport.store.Objects.message;
import static dev.sallyport.store.Objects.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.store.HistoryLimits;
import dev.sallyport.store.Key;
import dev.sallyport.store.Objects;
import dev.sallyport.store.RecordingSink;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.ResourceStore.ListOptions;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.publish.PublishedStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk without room refuses writes, and nothing else, until there is room again. */
class FullDiskTest {

  private static final String LARGE = "x".repeat(20_000);

  @TempDir Path folder;

  @Test
  void refusesWritesReadsOnAndRecovers() throws Exception {
    int acknowledged;
    long revision;
    DataDirectory directory = DataDirectory.open(folder);
    Database database = Database.open(directory.file("store.db", Database::create));
    try (ResourceStore store = start(directory, database)) {
      RecordingSink sink = new RecordingSink();
      store.watch("configmaps", "", await(store.revision()), sink);
      limit(database, 100);

      acknowledged = fillUp(store);
      assertTrue(acknowledged > 5, "acknowledged " + acknowledged);
      revision = await(store.revision());
      for (int i = 0; i < 3; i++) {
        assertUnavailable(store.create(key("a", "refused"), draft(key("a", "refused"), LARGE)));
      }
      assertEquals(LARGE, value(await(store.get(key("a", "n0"))).orElseThrow()));
      assertEquals(
          acknowledged, await(store.list("configmaps", "a", ListOptions.ALL)).objects().size());
      assertEquals(revision, await(store.revision()));

      limit(database, 1_000_000);
      StoredObject next = await(store.create(key("b", "next"), draft(key("b", "next"), LARGE)));
      assertEquals(revision + 1, next.revision());
      assertEquals(acknowledged + 1, sink.next(acknowledged + 1).size());
      assertEquals(List.of(), sink.rest());
    }
    try (ResourceStore store = open()) {
      assertEquals(
          acknowledged + 1, await(store.list("configmaps", "", ListOptions.ALL)).objects().size());
      assertEquals(revision + 1, await(store.revision()));
    }
  }

  @Test
  void refusesAllOfABatchOrNothing() throws Exception {
    int present = 0;
    DataDirectory directory = DataDirectory.open(folder);
    Database database = Database.open(directory.file("store.db", Database::create));
    try (ResourceStore store = start(directory, database)) {
      limit(database, 60);
      List<Answer<StoredObject>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        answers.add(store.create(key("a", "n" + i), draft(key("a", "n" + i), LARGE)));
      }
      for (int i = 0; i < answers.size(); i++) {
        boolean acknowledged = isAcknowledged(answers.get(i));
        assertEquals(acknowledged, await(store.get(key("a", "n" + i))).isPresent());
        present += acknowledged ? 1 : 0;
      }
    }
    try (ResourceStore store = open()) {
      assertEquals(present, await(store.list("configmaps", "", ListOptions.ALL)).objects().size());
    }
  }

  private static int fillUp(ResourceStore store) {
    int acknowledged = 0;
    while (true) {
      Key key = key("a", "n" + acknowledged);
      if (!isAcknowledged(store.create(key, draft(key, LARGE)))) {
        return acknowledged;
      }
      acknowledged++;
    }
  }

  private static boolean isAcknowledged(Answer<StoredObject> answer) {
    try {
      await(answer);
      return true;
    } catch (StoreException e) {
      assertEquals(StoreException.Kind.UNAVAILABLE, e.kind());
      return false;
    }
  }

  private static void assertUnavailable(Answer<StoredObject> answer) {
    StoreException refusal = assertThrows(StoreException.class, () -> await(answer));
    assertEquals(StoreException.Kind.UNAVAILABLE, refusal.kind());
    assertTrue(message(refusal).contains("cannot be written"), message(refusal));
  }

  /** Stands for the size of the disk. */
  private static void limit(Database database, int pages) throws SQLException {
    try (Statement statement = database.connection().createStatement()) {
      statement.execute("PRAGMA max_page_count = " + pages);
    }
  }

  private static ResourceStore start(DataDirectory directory, Database database) throws Exception {
    Loader.Loaded loaded = Loader.load(database, HistoryLimits.DEFAULT, Objects::index);
    return PublishedStore.start(
        loaded.cache(),
        new SqliteJournal(directory, database, loaded.compaction()),
        Clock.systemUTC());
  }

  private ResourceStore open() throws Exception {
    return EmbeddedStores.open(folder, HistoryLimits.DEFAULT, Clock.systemUTC(), Objects::index);
  }
}
