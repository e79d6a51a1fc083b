package dev.sallyport.audit.log;

import dev.sallyport.audit.AuditObserver;
import dev.sallyport.audit.AuditSink;
import dev.sallyport.audit.buffer.BufferedSink;
import dev.sallyport.audit.buffer.Losses;
import dev.sallyport.audit.format.EventFormat;
import dev.sallyport.audit.format.EventWriter;
import dev.sallyport.audit.format.JsonFormat;
import dev.sallyport.audit.format.LegacyFormat;
import dev.sallyport.config.AuditBatchConfig;
import dev.sallyport.config.AuditLogConfig;
import dev.sallyport.config.AuditTruncationConfig;
import dev.sallyport.config.file.InvalidFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Opens audit logs. */
public final class LogSinks {

  private static final long MEGABYTE = 1 << 20;
  private static final int USUAL_MEGABYTES = 100;
  private static final Duration GATHER = Duration.ofMillis(20);

  private LogSinks() {}

  /**
   * @param background where rotated files are packed and deleted
   * @throws InvalidFileException when the file cannot be written to
   */
  public static AuditSink open(
      AuditLogConfig config, AuditObserver observer, Clock clock, Executor background)
      throws InvalidFileException {
    LogTarget target =
        new LogTarget(
            config.file().isPresent()
                ? rotating(config, config.file().get(), clock, background)
                : new StandardOutput(),
            format(config),
            limit(config.truncation()),
            new Losses("log", observer));
    return new BufferedSink(
        "audit-log",
        config.mode(),
        batches(config.batch()),
        GATHER,
        target,
        new Losses("buffer", observer));
  }

  /** Lines need no batches, so the usual one of a single event means as many as are there. */
  private static AuditBatchConfig batches(AuditBatchConfig given) {
    return given.maxSize() > 1
        ? given
        : new AuditBatchConfig(
            given.bufferSize(),
            Math.max(1, given.bufferSize()),
            Duration.ZERO,
            given.throttled(),
            given.qps(),
            given.burst());
  }

  private static EventFormat format(AuditLogConfig config) {
    return config.format() == AuditLogConfig.Format.JSON ? new JsonFormat() : new LegacyFormat();
  }

  private static int limit(AuditTruncationConfig truncation) {
    return truncation.enabled() ? truncation.maxEventSize() : EventWriter.UNLIMITED;
  }

  private static LineOutput rotating(
      AuditLogConfig config, Path file, Clock clock, Executor background)
      throws InvalidFileException {
    Backups backups =
        new Backups(
            file,
            config.maxBackups(),
            Duration.ofDays(config.maxAge()),
            config.compressed(),
            clock,
            background);
    long megabytes = config.maxSize() == 0 ? USUAL_MEGABYTES : config.maxSize();
    RotatingFile rotating = new RotatingFile(file, megabytes * MEGABYTE, backups, clock);
    try {
      rotating.open();
    } catch (IOException e) {
      throw new InvalidFileException(file, "cannot be written to: " + e, e);
    }
    return rotating;
  }
}
