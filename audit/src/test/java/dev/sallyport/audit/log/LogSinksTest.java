package dev.sallyport.audit.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.audit.AuditSink;
import dev.sallyport.audit.AuditSink.Receipt;
import dev.sallyport.audit.Events;
import dev.sallyport.audit.LossCounter;
import dev.sallyport.config.AuditBatchConfig;
import dev.sallyport.config.AuditLogConfig;
import dev.sallyport.config.AuditMode;
import dev.sallyport.config.AuditTruncationConfig;
import dev.sallyport.config.file.InvalidFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LogSinksTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:12:09.123Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir Path folder;
  private final LossCounter lost = new LossCounter();

  private AuditSink sink(Path file, AuditMode mode) throws InvalidFileException {
    AuditLogConfig config =
        new AuditLogConfig(
            Optional.of(file),
            AuditLogConfig.Format.JSON,
            mode,
            new AuditBatchConfig(10_000, 1, Duration.ZERO, false, 0, 0),
            new AuditTruncationConfig(false, 0, 0),
            0,
            0,
            0,
            false);
    return LogSinks.open(config, lost, CLOCK, Runnable::run);
  }

  private static Receipt receipt(AuditSink sink, String id) throws Exception {
    return sink.accept(Events.listed(id)).toStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void linesAreThereWhenABlockingRequestGoesOn() throws Exception {
    Path file = folder.resolve("new/audit.log");
    try (AuditSink sink = sink(file, AuditMode.BLOCKING)) {
      assertEquals(Receipt.TAKEN, receipt(sink, "one"));
      assertEquals(1, Files.readAllLines(file).size());
      assertEquals(Receipt.TAKEN, receipt(sink, "two"));
      assertEquals(2, Files.readAllLines(file).size());
    }
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void anOldLogIsGoneOnWith() throws Exception {
    Path file = folder.resolve("audit.log");
    Files.writeString(file, "old\n");
    try (AuditSink sink = sink(file, AuditMode.BATCH)) {
      for (int i = 0; i < 3000; i++) {
        var unused = sink.accept(Events.listed("e" + i));
      }
    }
    List<String> lines = Files.readAllLines(file);
    assertEquals(3001, lines.size());
    assertEquals("old", lines.get(0));
    assertTrue(lines.get(3000).contains("\"auditID\":\"e2999\""));
    assertEquals(0, lost.get());
  }

  @Test
  void case193AFullDiskIsCountedAndTold() throws Exception {
    try (AuditSink strict = sink(Path.of("/dev/full"), AuditMode.BLOCKING_STRICT)) {
      assertEquals(Receipt.LOST, receipt(strict, "one"));
      assertEquals(1, lost.get());
    }
    try (AuditSink blocking = sink(Path.of("/dev/full"), AuditMode.BLOCKING)) {
      assertEquals(Receipt.TAKEN, receipt(blocking, "two"));
      assertEquals(2, lost.get());
    }
    try (AuditSink batch = sink(Path.of("/dev/full"), AuditMode.BATCH)) {
      for (int i = 0; i < 10; i++) {
        var unused = batch.accept(Events.listed("e" + i));
      }
    }
    assertEquals(12, lost.get());
  }

  @Test
  void aFileThatCannotBeMadeIsTold() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    InvalidFileException e =
        assertThrows(
            InvalidFileException.class,
            () -> sink(folder.resolve("file/audit.log"), AuditMode.BATCH));
    assertTrue(e.fault().contains("cannot be written"), e.fault());
  }

  @Test
  void aFileThatWasMovedAwayIsMadeAnew() throws Exception {
    Path file = folder.resolve("audit.log");
    try (RotatingFile log = rotating(file, 1 << 20, 0, Duration.ZERO, false)) {
      write(log, "one");
      Files.move(file, folder.resolve("moved"));
      // It looks once a second.
      Instant end = Instant.now().plusSeconds(20);
      while (!Files.exists(file) && Instant.now().isBefore(end)) {
        write(log, "two");
        Thread.onSpinWait();
      }
    }
    assertTrue(Files.readString(file).startsWith("two\n"));
    assertTrue(Files.readString(folder.resolve("moved")).startsWith("one\n"));
  }

  private RotatingFile rotating(
      Path file, long maxBytes, int most, Duration maxAge, boolean packed) {
    return new RotatingFile(
        file, maxBytes, new Backups(file, most, maxAge, packed, CLOCK, Runnable::run), CLOCK);
  }

  private static void write(RotatingFile log, String line) throws IOException {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    log.write(bytes, bytes.length);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFullFileIsPutAsideUnderItsTime() throws IOException {
    Path file = folder.resolve("audit.log");
    try (RotatingFile log = rotating(file, 10, 0, Duration.ZERO, false)) {
      write(log, "aaaa");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
      write(log, "bbbb");
      write(log, "cccc");
      write(log, "longer than all together");
      write(log, "d");
    }
    assertEquals(
        List.of(
            "audit-2026-11-22T10-12-09.123.log",
            "audit-2026-11-22T10-12-09.124.log",
            "audit-2026-11-22T10-12-09.125.log",
            "audit.log"),
        names());
    assertEquals("d\n", Files.readString(file));
    assertEquals(
        "aaaa\nbbbb\n", Files.readString(folder.resolve("audit-2026-11-22T10-12-09.123.log")));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void oldBackupsGoByNumberAndByAge() throws IOException {
    Path file = folder.resolve("audit.log");
    for (String name :
        List.of(
            "audit-2026-11-21T00-00-00.000.log",
            "audit-2026-11-20T00-00-00.000.log.gz",
            "audit-2026-11-01T00-00-00.000.log",
            "audit-notes.log",
            "other-2026-11-01T00-00-00.000.log")) {
      Files.writeString(folder.resolve(name), "x");
    }
    try (RotatingFile log = rotating(file, 1, 0, Duration.ofDays(7), false)) {
      write(log, "a");
      write(log, "b");
    }
    assertEquals(
        List.of(
            "audit-2026-11-20T00-00-00.000.log.gz",
            "audit-2026-11-21T00-00-00.000.log",
            "audit-2026-11-22T10-12-09.123.log",
            "audit-notes.log",
            "audit.log",
            "other-2026-11-01T00-00-00.000.log"),
        names());
    try (RotatingFile log = rotating(file, 1, 2, Duration.ZERO, false)) {
      write(log, "c");
    }
    assertEquals(
        List.of(
            "audit-2026-11-22T10-12-09.123.log",
            "audit-2026-11-22T10-12-09.124.log",
            "audit-notes.log",
            "audit.log",
            "other-2026-11-01T00-00-00.000.log"),
        names());
  }

  @Test
  void backupsArePacked() throws IOException {
    Path file = folder.resolve("audit.log");
    try (RotatingFile log = rotating(file, 1, 0, Duration.ZERO, true)) {
      write(log, "first");
      write(log, "second");
    }
    Path packed = folder.resolve("audit-2026-11-22T10-12-09.123.log.gz");
    assertEquals(List.of(packed.getFileName().toString(), "audit.log"), names());
    try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
      assertEquals("first\n", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void namesWithoutASuffix() {
    BackupName name = BackupName.of(Path.of("/var/log/audit"));
    assertEquals("audit-2026-11-22T10-12-09.123", name.at(NOW));
    assertEquals(Optional.of(NOW), name.time("audit-2026-11-22T10-12-09.123"));
    assertFalse(name.time("audit-").isPresent());
    assertFalse(name.time("audit").isPresent());
  }
}
