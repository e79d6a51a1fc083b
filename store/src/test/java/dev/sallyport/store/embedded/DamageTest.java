package dev.sallyport.store.embedded;

import static dev.sallyport.store.Objects.await;
import static dev.sallyport.store.Objects.draft;
import static dev.sallyport.store.Objects.key;
import static dev.sallyport.store.Objects.message;
import static dev.sallyport.store.Objects.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.store.Change;
import dev.sallyport.store.Draft;
import dev.sallyport.store.HistoryLimits;
import dev.sallyport.store.Objects;
import dev.sallyport.store.Preconditions;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.ResourceStore.ListOptions;
import dev.sallyport.store.StoreOpenException;
import dev.sallyport.store.StoreOpenException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is damaged is found when the store is opened, and named. */
class DamageTest {

  private static final int OBJECTS = 60;
  private static final HistoryLimits LIMITS = new HistoryLimits(40, Duration.ofHours(1));

  @TempDir Path folder;

  private Path data;
  private Path file;

  @BeforeEach
  void write() throws Exception {
    data = folder.resolve("data");
    file = data.resolve("store.db");
    try (ResourceStore store = open(data)) {
      fill(store);
    }
  }

  @Test
  void namesTheRowWhoseContentChanged() throws Exception {
    long row = RawDatabase.number(file, "SELECT max(revision) FROM log");
    RawDatabase.execute(
        file, "UPDATE log SET json = replace(json, 'v', 'w') WHERE revision = " + row);

    StoreOpenException refusal = refusal(Kind.DAMAGED);

    assertEquals(file, refusal.path());
    assertEquals(
        file
            + ": is damaged: table log: row "
            + row
            + " (/configmaps/a/n1) does not match its checksum",
        message(refusal));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type = 1 - type",
        "previous = previous + 1",
        "millis = 0",
        "collection = 'secrets'",
        "namespace = 'b'",
        "name = name || 'x'",
        "json = x''",
        "crc32c = crc32c + 1",
        "revision = revision + 1000"
      })
  void noticesAChangeOfAnyColumn(String change) throws Exception {
    RawDatabase.execute(
        file, "UPDATE log SET " + change + " WHERE revision = (SELECT max(revision) FROM log)");

    refusal(Kind.DAMAGED);
  }

  @Test
  void namesNoMoreThanALineHolds() throws Exception {
    RawDatabase.execute(file, "UPDATE log SET name = name || x'0a' || 'forged line'");

    String message = message(refusal(Kind.DAMAGED));

    assertFalse(message.contains("\n"));
    assertTrue(message.endsWith(" more"), message);
    assertTrue(message.length() < 2_000, message);
  }

  @Test
  void noticesAMissingWriteOfHistory() throws Exception {
    long row = RawDatabase.number(file, "SELECT max(revision) - 3 FROM log");
    RawDatabase.execute(file, "DELETE FROM log WHERE revision = " + row);

    String message = message(refusal(Kind.DAMAGED));

    assertTrue(message.contains("lacks the rows " + row + " to " + row), message);
  }

  @Test
  void noticesAMissingObjectOfOld() throws Exception {
    RawDatabase.execute(file, "DELETE FROM log WHERE revision = (SELECT min(revision) FROM log)");

    String message = message(refusal(Kind.DAMAGED));

    assertTrue(message.contains("but should have"), message);
  }

  @Test
  void namesARowTheIndexerCannotRead() throws Exception {
    StoreOpenException refusal =
        assertThrows(
            StoreOpenException.class,
            () ->
                EmbeddedStores.open(
                    data,
                    LIMITS,
                    Clock.systemUTC(),
                    (key, json) -> {
                      if (key.name().equals("n7")) {
                        throw new IllegalArgumentException("no metadata");
                      }
                      return Objects.index(key, json);
                    }));

    assertEquals(Kind.DAMAGED, refusal.kind());
    assertTrue(
        message(refusal).contains("(/configmaps/a/n7) holds no such object: no metadata"),
        message(refusal));
  }

  @Test
  void refusesAnEmptiedOrForeignFile() throws Exception {
    Files.write(file, new byte[0]);
    refusal(Kind.DAMAGED);

    Files.writeString(file, "this is not a database, and it is long enough to look at".repeat(20));
    refusal(Kind.DAMAGED);

    Files.delete(file);
    RawDatabase.execute(file, "CREATE TABLE other (a)");
    refusal(Kind.DAMAGED);
  }

  @Test
  void anyFlippedBitIsNoticedOrHarmless() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    List<String> content = content(data);
    Random random = new Random(42);
    int refused = 0;
    for (int i = 0; i < 200; i++) {
      byte[] flipped = whole.clone();
      // Half of the flips near the start of the file or of a page, where the structure is.
      int place = random.nextInt(flipped.length);
      if (random.nextBoolean()) {
        place = place / 4096 * 4096 + random.nextInt(100);
      }
      flipped[place] ^= (byte) (1 << random.nextInt(8));
      Path other = copy("flip" + i, flipped);
      try {
        assertEquals(content, content(other), "flip " + i + " at " + place);
      } catch (StoreOpenException e) {
        refused++;
      }
    }
    assertTrue(refused > 50, "refused " + refused);
  }

  @Test
  void aTruncatedFileIsRefused() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(7);
    for (int i = 0; i < 30; i++) {
      byte[] torn = Arrays.copyOf(whole, random.nextInt(whole.length));
      Path other = copy("torn" + i, torn);
      assertThrows(StoreOpenException.class, () -> content(other), "length " + torn.length);
    }
  }

  @Test
  void aFlippedBitInTheWriteAheadLogCostsNoAcknowledgedWriteSilently() throws Exception {
    byte[] log;
    byte[] database;
    int acknowledged;
    try (ResourceStore store = open(data)) {
      for (int i = 0; i < 30; i++) {
        await(store.create(key("late", "n" + i), draft(key("late", "n" + i), "1")));
      }
      acknowledged = await(store.list("configmaps", "", ListOptions.ALL)).objects().size();
      log = Files.readAllBytes(data.resolve("store.db-wal"));
      database = Files.readAllBytes(file);
    }
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < 150; i++) {
      byte[] flipped = log.clone();
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      Path other = copy("wal" + i, database);
      Files.write(other.resolve("store.db-wal"), flipped);
      try {
        // The last transaction alone cannot be told from one that a power failure cut off.
        assertTrue(content(other).size() >= acknowledged - 1, "flip " + i);
      } catch (StoreOpenException e) {
        refused++;
      }
    }
    assertTrue(refused > 100, "refused " + refused);
  }

  @Test
  void aTornEndOfTheWriteAheadLogIsNoDamage() throws Exception {
    byte[] log;
    byte[] database;
    try (ResourceStore store = open(data)) {
      for (int i = 0; i < 5; i++) {
        await(store.create(key("late", "n" + i), draft(key("late", "n" + i), "1")));
      }
      log = Files.readAllBytes(data.resolve("store.db-wal"));
      database = Files.readAllBytes(file);
    }
    Path whole = copy("whole", database);
    Files.write(whole.resolve("store.db-wal"), log);
    List<String> all = content(whole);
    for (int cut = 1; cut < 4096; cut += 511) {
      Path other = copy("cut" + cut, database);
      Files.write(other.resolve("store.db-wal"), Arrays.copyOf(log, log.length - cut));
      assertEquals(all.size() - 1, content(other).size());
    }
  }

  private static ResourceStore open(Path data) throws StoreOpenException {
    return EmbeddedStores.open(data, LIMITS, Clock.systemUTC(), Objects::index);
  }

  private static void fill(ResourceStore store) {
    for (int i = 0; i < OBJECTS; i++) {
      await(store.create(key("a", "n" + i), draft(key("a", "n" + i), "" + i)));
    }
    await(store.delete(key("a", "n0"), Preconditions.NONE));
    for (int i = 2; i < 12; i++) {
      set(store, "n" + i, "new");
    }
    set(store, "n1", "newest");
  }

  private static void set(ResourceStore store, String name, String value) {
    Draft draft = draft(key("a", name), value);
    await(store.update(key("a", name), Preconditions.NONE, now -> Change.replaceBy(draft)));
  }

  private Path copy(String name, byte[] database) throws Exception {
    Path other = Files.createDirectories(folder.resolve(name));
    Files.write(other.resolve("store.db"), database);
    return other;
  }

  private static List<String> content(Path data) throws StoreOpenException {
    try (ResourceStore store = open(data)) {
      List<String> content = new ArrayList<>();
      await(store.list("configmaps", "", ListOptions.ALL))
          .objects()
          .forEach(object -> content.add(object.key() + text(object)));
      return content;
    }
  }

  private StoreOpenException refusal(Kind kind) {
    StoreOpenException refusal = assertThrows(StoreOpenException.class, () -> open(data));
    assertEquals(kind, refusal.kind(), message(refusal));
    return refusal;
  }
}
