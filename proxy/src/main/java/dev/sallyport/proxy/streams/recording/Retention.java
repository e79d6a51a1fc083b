package dev.sallyport.proxy.streams.recording;

import dev.sallyport.config.RecordingLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes a folder's oldest recordings by the limits of today, and complains while the disk is
 * nearly full. Looks after every session, and every hour since recordings grow old by themselves.
 * What is written to, and what is not named like a recording, it never touches. Thread safe.
 */
final class Retention {

  private static final Logger log = LoggerFactory.getLogger(Retention.class);

  private static final long MEGABYTE = 1 << 20;

  /** Free bytes below which sessions may soon be refused. */
  private static final long SCARCE = 512 * MEGABYTE;

  private final Path directory;
  private final Set<Path> inProgress;
  private final Executor background;
  private final Clock clock;
  private final AtomicBoolean soon = new AtomicBoolean();
  private final AtomicBoolean hourly = new AtomicBoolean();
  private boolean scarce;
  private volatile RecordingLimits limits = RecordingLimits.NONE;

  Retention(Path directory, Set<Path> inProgress, Executor background, Clock clock) {
    this.directory = directory;
    this.inProgress = inProgress;
    this.background = background;
    this.clock = clock;
  }

  /** From now on so much is kept. */
  void keep(RecordingLimits today) {
    limits = today;
    soon();
  }

  /** Looks once for all that ended within a second. */
  void soon() {
    if (soon.compareAndSet(false, true)) {
      later(1, TimeUnit.SECONDS, this::lookSoon);
    }
  }

  private void lookSoon() {
    soon.set(false);
    look();
    if (limits.days() > 0 && hourly.compareAndSet(false, true)) {
      later(1, TimeUnit.HOURS, this::lookHourly);
    }
  }

  private void lookHourly() {
    hourly.set(false);
    lookSoon();
  }

  private void later(long time, TimeUnit unit, Runnable action) {
    CompletableFuture.delayedExecutor(time, unit, background).execute(action);
  }

  /** Blocks. */
  synchronized void look() {
    try {
      if (limits.any()) {
        tidy(limits);
      }
      complain(Files.getFileStore(directory).getUsableSpace());
    } catch (IOException e) {
      log.warn("Recordings in {} cannot be looked after: {}", directory, e.toString());
    }
  }

  /** Once, until there is room again. */
  private void complain(long free) {
    boolean before = scarce;
    scarce = free < SCARCE;
    if (scarce && !before) {
      log.warn(
          "Only {} MB are left for recordings in {}: when the disk is full, sessions that must be"
              + " recorded are refused",
          free / MEGABYTE,
          directory);
    }
  }

  private void tidy(RecordingLimits today) throws IOException {
    List<Recorded> all = found();
    long bytes = all.stream().filter(Recorded::inProgress).mapToLong(Recorded::bytes).sum();
    Instant oldest = clock.instant().minus(Duration.ofDays(today.days()));
    int kept = 0;
    int removed = 0;
    for (Recorded each : all) {
      if (each.inProgress) {
        continue;
      }
      bytes += each.bytes;
      kept++;
      boolean tooMuch = today.megabytes() > 0 && bytes > today.megabytes() * MEGABYTE;
      boolean tooMany = today.files() > 0 && kept > today.files();
      boolean tooOld = today.days() > 0 && each.ended.isBefore(oldest);
      if (tooMuch || tooMany || tooOld) {
        Files.deleteIfExists(each.file);
        removed++;
      }
    }
    if (removed > 0) {
      log.info("Removed {} of {} recordings in {}", removed, all.size(), directory);
    }
  }

  /** Newest first. */
  private List<Recorded> found() throws IOException {
    List<Recorded> found = new ArrayList<>();
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path file : (Iterable<Path>) entries::iterator) {
        if (RecordingName.fits(String.valueOf(file.getFileName()))) {
          add(file, found);
        }
      }
    }
    found.sort(Comparator.comparing(Recorded::ended).thenComparing(Recorded::file).reversed());
    return found;
  }

  private void add(Path file, List<Recorded> found) {
    boolean open = inProgress.contains(file); // asked first: it may end meanwhile, not begin again
    try {
      BasicFileAttributes facts =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (facts.isRegularFile()) {
        found.add(new Recorded(file, facts.size(), facts.lastModifiedTime().toInstant(), open));
      }
    } catch (IOException e) {
      log.debug("{} is gone already", file, e);
    }
  }

  private record Recorded(Path file, long bytes, Instant ended, boolean inProgress) {}
}
