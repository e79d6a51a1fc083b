package dev.sallyport.config.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatcherTest {
  @TempDir Path folder;
  private final FileWatcher watcher = new FileWatcher();
  private final List<String> seen = new ArrayList<>();
  private int parsed;

  @BeforeEach
  void writeFirst() throws IOException {
    write("a", "one");
    write("b", "1");
  }

  @AfterEach
  void close() {
    watcher.close();
  }

  @Test
  void takesOverAChangeAtTheNextPoll() throws Exception {
    Watched<String> value = watch();
    assertEquals("one 1", value.current());
    write("a", "two");
    watcher.poll();
    assertEquals("two 1", value.current());
    assertEquals(List.of("two 1"), seen);
  }

  @Test
  void doesNothingWithoutAChange() throws Exception {
    var unused = watch();
    watcher.poll();
    write("a", "one");
    watcher.poll();
    assertEquals(List.of(), seen);
    assertEquals(1, parsed);
  }

  @Test
  void keepsTheLastGoodValueThroughAFaultAndRecovers() throws Exception {
    Watched<String> value = watch();
    write("a", "bad");
    watcher.poll();
    watcher.poll();
    assertEquals("one 1", value.current());
    assertEquals(2, parsed, "a fault is looked at once");
    write("a", "good");
    watcher.poll();
    assertEquals("good 1", value.current());
  }

  @Test
  void survivesAMissingFile() throws Exception {
    Watched<String> value = watch();
    Files.delete(folder.resolve("b"));
    watcher.poll();
    assertEquals("one 1", value.current());
    write("b", "2");
    watcher.poll();
    assertEquals("one 2", value.current());
  }

  @Test
  void followsAReplacedLink() throws Exception {
    write("target", "linked");
    Files.delete(folder.resolve("a"));
    Files.createSymbolicLink(folder.resolve("a"), folder.resolve("target"));
    Watched<String> value = watch();
    write("other", "elsewhere");
    Files.delete(folder.resolve("a"));
    Files.createSymbolicLink(folder.resolve("a"), folder.resolve("other"));
    watcher.poll();
    assertEquals("elsewhere 1", value.current());
  }

  @Test
  void refusesAFaultAtTheStart() throws Exception {
    write("a", "bad");
    assertThrows(InvalidFileException.class, this::watch);
  }

  @Test
  void oneListenersFaultDoesNotKeepTheNextFromHearing() throws Exception {
    Watched<String> value = watch();
    value.onChange(
        text -> {
          throw new IllegalStateException("broken listener");
        });
    List<String> later = new ArrayList<>();
    value.onChange(later::add);
    write("a", "two");
    watcher.poll();
    assertEquals(List.of("two 1"), later);
  }

  @Test
  void pollsByItselfOnceStarted() throws Exception {
    Watched<String> value = watch();
    CountDownLatch changed = new CountDownLatch(1);
    value.onChange(text -> changed.countDown());
    watcher.start(Duration.ofMillis(5));
    write("a", "two");
    assertTrue(changed.await(30, TimeUnit.SECONDS));
  }

  private Watched<String> watch() throws InvalidFileException {
    Watched<String> value =
        watcher.watch(List.of(folder.resolve("a"), folder.resolve("b")), this::parse);
    value.onChange(seen::add);
    return value;
  }

  private String parse(List<FileContent> files) throws InvalidFileException {
    parsed++;
    String first = text(files.get(0));
    if (first.equals("bad")) {
      throw new InvalidFileException(files.get(0).file(), "is bad");
    }
    return first + " " + text(files.get(1));
  }

  private static String text(FileContent content) {
    return new String(content.bytes(), StandardCharsets.UTF_8);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
