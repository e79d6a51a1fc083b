package dev.sallyport.proxy.streams.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.RecordingConfig;
import dev.sallyport.config.RecordingLimits;
import dev.sallyport.config.RecordingRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetentionTest {

  private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");

  @TempDir Path folder;
  private final Set<Path> inProgress = new HashSet<>();

  private void kept(RecordingLimits limits) {
    Retention retention =
        new Retention(folder, inProgress, action -> {}, Clock.fixed(NOW, ZoneOffset.UTC));
    retention.keep(limits);
    retention.look();
  }

  /** A recording that ended so many days ago. */
  private Path recording(int days, int megabytes) throws IOException {
    Instant ended = NOW.minus(Duration.ofDays(days));
    Path file = folder.resolve(RecordingName.of(ended, "id", ".cast"));
    Files.write(file, new byte[megabytes << 20]);
    Files.setLastModifiedTime(file, FileTime.from(ended));
    return file;
  }

  private Set<Path> left() throws IOException {
    try (var files = Files.list(folder)) {
      return new HashSet<>(files.toList());
    }
  }

  @Test
  void theOldestGoWhenThereAreTooMany() throws IOException {
    Path newest = recording(1, 0);
    recording(3, 0);
    Path second = recording(2, 0);
    kept(new RecordingLimits(0, 0, 2));
    assertEquals(Set.of(newest, second), left());
  }

  @Test
  void theOldestGoWhenTheyTakeTooMuch() throws IOException {
    Path newest = recording(1, 2);
    Path second = recording(2, 2);
    recording(3, 2);
    kept(new RecordingLimits(5, 0, 0));
    assertEquals(Set.of(newest, second), left());
  }

  /** A session that runs counts, and costs others their place, yet is not touched itself. */
  @Test
  void whatIsWrittenToIsCountedAndKept() throws IOException {
    Path running = recording(40, 3);
    inProgress.add(running);
    Path newest = recording(1, 2);
    recording(2, 1);
    kept(new RecordingLimits(5, 30, 1));
    assertEquals(Set.of(running, newest), left());
  }

  @Test
  void whatIsTooOldGoes() throws IOException {
    Path young = recording(29, 0);
    recording(31, 0);
    kept(new RecordingLimits(0, 30, 0));
    assertEquals(Set.of(young), left());
  }

  @Test
  void withoutLimitsEverythingStays() throws IOException {
    Path old = recording(4000, 1);
    kept(RecordingLimits.NONE);
    assertEquals(Set.of(old), left());
  }

  /** Links, folders and files of other names are somebody else's. */
  @Test
  void whatIsNoRecordingStays() throws IOException {
    Path notes = Files.writeString(folder.resolve("notes.cast"), "mine");
    Path inside = Files.createDirectory(folder.resolve("20200101T000000.000Z-a.cast"));
    Path link = folder.resolve("20200101T000000.000Z-b.cast");
    Files.createSymbolicLink(link, notes);
    Files.setLastModifiedTime(notes, FileTime.from(NOW.minus(Duration.ofDays(999))));
    kept(new RecordingLimits(1, 1, 1));
    assertEquals(Set.of(notes, inside, link), left());
  }

  /** The last word on a folder counts, also for what was recorded before it. */
  @Test
  void limitsAreThoseOfTodayForAllRecorders() throws Exception {
    LinkedBlockingQueue<Runnable> background = new LinkedBlockingQueue<>();
    RecordingFolders folders =
        new RecordingFolders(background::add, Clock.fixed(NOW, ZoneOffset.UTC));
    folders.keep(config(new RecordingLimits(0, 7, 0)));
    folders.keep(config(new RecordingLimits(0, 60, 0)));
    Path month = recording(30, 0);
    recording(90, 0);
    Runnable look = background.poll(60, TimeUnit.SECONDS);
    assertTrue(look != null, "nobody looks after the folder");
    look.run();
    assertEquals(Set.of(month), left());
  }

  private RecordingConfig config(RecordingLimits limits) {
    return new RecordingConfig(folder, List.of(RecordingRule.EVERYBODYS_OUTPUT), limits);
  }
}
