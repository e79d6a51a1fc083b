package dev.sallyport.audit.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rotated files beside the log: {@code audit-2026-11-22T10-12-09.123.log}, with {@code .gz} behind
 * it when packed. Keeps so many and so old ones; packs and deletes in the background.
 */
final class Backups {

  private static final Logger log = LoggerFactory.getLogger(Backups.class);
  private static final String PACKED = ".gz";

  private final Path file;
  private final BackupName names;
  private final int most;
  private final Duration maxAge;
  private final boolean packed;
  private final Clock clock;
  private final Executor background;

  /**
   * @param most files to keep, 0 for all
   * @param maxAge how long to keep them, zero for ever
   */
  Backups(Path file, int most, Duration maxAge, boolean packed, Clock clock, Executor background) {
    this.file = file.toAbsolutePath();
    this.names = BackupName.of(this.file);
    this.most = most;
    this.maxAge = maxAge;
    this.packed = packed;
    this.clock = clock;
    this.background = background;
  }

  /** Renames the log. Two in one millisecond get names a millisecond apart. */
  void putAside(Path full, Instant now) throws IOException {
    Instant time = now;
    Path aside = full.resolveSibling(names.at(time));
    while (Files.exists(aside) || Files.exists(Path.of(aside + PACKED))) {
      time = time.plusMillis(1);
      aside = full.resolveSibling(names.at(time));
    }
    Files.move(full, aside);
  }

  /** Packs and deletes what is due, in the background. */
  void tidy() {
    if (most > 0 || !maxAge.isZero() || packed) {
      background.execute(this::tidyNow);
    }
  }

  private synchronized void tidyNow() {
    try {
      for (Backup old : due(found())) {
        Files.deleteIfExists(old.path);
      }
      if (packed) {
        for (Backup each : found()) {
          if (!each.path.toString().endsWith(PACKED)) {
            pack(each.path);
          }
        }
      }
    } catch (IOException e) {
      log.warn("Rotated audit logs could not be tidied: {}", e.toString());
    }
  }

  /** Newest first. */
  private List<Backup> found() throws IOException {
    List<Backup> backups = new ArrayList<>();
    Path folder = Objects.requireNonNull(file.getParent());
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path path : (Iterable<Path>) entries::iterator) {
        String name = String.valueOf(path.getFileName());
        String plain =
            name.endsWith(PACKED) ? name.substring(0, name.length() - PACKED.length()) : name;
        names.time(plain).ifPresent(time -> backups.add(new Backup(path, plain, time)));
      }
    }
    backups.sort((one, other) -> other.time.compareTo(one.time));
    return backups;
  }

  private List<Backup> due(List<Backup> backups) {
    Instant oldest = clock.instant().minus(maxAge);
    Set<String> kept = new HashSet<>();
    List<Backup> due = new ArrayList<>();
    for (Backup each : backups) {
      kept.add(each.plainName);
      boolean tooMany = most > 0 && kept.size() > most;
      boolean tooOld = !maxAge.isZero() && each.time.isBefore(oldest);
      if (tooMany || tooOld) {
        due.add(each);
      }
    }
    return due;
  }

  /** Whole or not at all: a draft is renamed when it is complete. */
  private static void pack(Path plain) throws IOException {
    Path draft = Path.of(plain + PACKED + ".tmp");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(Files.getPosixFilePermissions(plain)));
    try (InputStream in = Files.newInputStream(plain);
        OutputStream out =
            new GZIPOutputStream(Files.newOutputStream(draft, StandardOpenOption.WRITE))) {
      in.transferTo(out);
    }
    Files.move(draft, Path.of(plain + PACKED), StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(plain);
  }

  private record Backup(Path path, String plainName, Instant time) {}
}
