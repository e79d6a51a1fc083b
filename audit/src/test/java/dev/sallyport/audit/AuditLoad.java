package dev.sallyport.audit;

import dev.sallyport.audit.log.LogSinks;
import dev.sallyport.config.AuditBatchConfig;
import dev.sallyport.config.AuditLogConfig;
import dev.sallyport.config.AuditMode;
import dev.sallyport.config.AuditTruncationConfig;
import dev.sallyport.config.file.InvalidFileException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Measures what an event of level Metadata costs in mode batch, from the making of it to the file:
 * {@code java -cp … dev.sallyport.audit.AuditLoad [file]}.
 */
public final class AuditLoad {

  private static final int EVENTS = 400_000;

  private AuditLoad() {}

  /** Prints nanoseconds of processor time per event, for all threads and for the requests' own. */
  public static void main(String[] args) throws InvalidFileException {
    Path file = Path.of(args.length > 0 ? args[0] : "/dev/null");
    for (int round = 1; round <= 5; round++) {
      LossCounter lost = new LossCounter();
      long before = cpu();
      long own;
      try (AuditSink sink = sink(file, lost)) {
        long ownBefore = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < EVENTS; i++) {
          var unused = sink.accept(Events.listed("0a6d3c5e-1f7b-4a52-9d0e-5b9c8e7f6a10"));
        }
        own = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - ownBefore;
      }
      System.out.printf(
          "round %d: %d ns an event, %d of them on the request's thread; %d lost%n",
          round, (cpu() - before) / EVENTS, own / EVENTS, lost.get());
    }
  }

  private static long cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private static AuditSink sink(Path file, LossCounter lost) throws InvalidFileException {
    AuditLogConfig config =
        new AuditLogConfig(
            Optional.of(file),
            AuditLogConfig.Format.JSON,
            AuditMode.BATCH,
            new AuditBatchConfig(EVENTS, 1, Duration.ZERO, false, 0, 0),
            new AuditTruncationConfig(false, 0, 0),
            0,
            0,
            0,
            false);
    return LogSinks.open(config, lost, Clock.systemUTC(), Runnable::run);
  }
}
