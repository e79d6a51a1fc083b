package dev.sallyport.store.embedded;

import static dev.sallyport.store.Objects.await;
import static dev.sallyport.store.Objects.draft;
import static dev.sallyport.store.Objects.key;
import static dev.sallyport.store.Objects.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.store.HistoryLimits;
import dev.sallyport.store.Objects;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoreOpenException;
import dev.sallyport.store.StoreOpenException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {

  @TempDir Path folder;

  @Test
  void refusesADirectoryInUse() throws Exception {
    Path data = folder.resolve("data");
    ResourceStore first = open(data);

    StoreOpenException refusal = assertThrows(StoreOpenException.class, () -> open(data));
    first.close();
    open(data).close();

    assertEquals(Kind.LOCKED, refusal.kind());
    assertEquals(data + ": another process uses this directory", message(refusal));
  }

  @Test
  void refusesANewerFormatAndLeavesItAlone() throws Exception {
    Path data = folder.resolve("data");
    open(data).close();
    Path file = data.resolve("store.db");
    RawDatabase.execute(file, "PRAGMA user_version = 2");

    StoreOpenException refusal = assertThrows(StoreOpenException.class, () -> open(data));

    assertEquals(Kind.NEWER_FORMAT, refusal.kind());
    assertTrue(message(refusal).startsWith(file + ": has format 2, "), message(refusal));
    assertEquals(2, RawDatabase.number(file, "PRAGMA user_version"));
    RawDatabase.execute(file, "PRAGMA user_version = 1");
    open(data).close();
  }

  @Test
  void refusesAFileInPlaceOfTheDirectory() throws Exception {
    Path data = Files.createFile(folder.resolve("data"));

    StoreOpenException refusal = assertThrows(StoreOpenException.class, () -> open(data));

    assertEquals(Kind.UNUSABLE, refusal.kind());
    assertEquals(data + ": is not a directory", message(refusal));
  }

  @Test
  void onlyTheOwnerReadsItsFiles() throws Exception {
    Path data = folder.resolve("deep").resolve("data");
    try (ResourceStore store = open(data)) {
      await(store.create(key("a", "one"), draft(key("a", "one"), "1")));
      assertEquals("rwx------", permissions(data));
      try (Stream<Path> files = Files.list(data)) {
        List<Path> all = files.filter(Files::isRegularFile).toList();
        assertTrue(all.size() >= 3, all.toString());
        for (Path file : all) {
          assertEquals("rw-------", permissions(file), file.toString());
        }
      }
    }
  }

  @Test
  void startsOverAfterACrashWhileTheFileWasMade() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("store.db.new"), "half of a");

    try (ResourceStore store = open(data)) {
      await(store.create(key("a", "one"), draft(key("a", "one"), "1")));
    }
    try (ResourceStore store = open(data)) {
      assertTrue(await(store.get(key("a", "one"))).isPresent());
    }
  }

  private static ResourceStore open(Path data) throws StoreOpenException {
    return EmbeddedStores.open(data, HistoryLimits.DEFAULT, Clock.systemUTC(), Objects::index);
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
