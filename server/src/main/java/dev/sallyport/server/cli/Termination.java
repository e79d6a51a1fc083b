package dev.sallyport.server.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens when the process is told to end. */
final class Termination {
  private static final Logger LOG = LoggerFactory.getLogger(Termination.class);

  private Termination() {}

  /**
   * On SIGTERM or SIGINT stops the server, which is graceful, and ends with exit code 0.
   *
   * @param limit after so long the process ends without grace, with exit code 1
   */
  static void onSignal(Supplier<CompletionStage<Void>> stop, Duration limit) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop, limit), "shutdown"));
  }

  private static void end(Supplier<CompletionStage<Void>> stop, Duration limit) {
    int code = 0;
    try {
      CompletableFuture<Void> stopped = stop.get().toCompletableFuture();
      var unused = Wait.on(stopped.orTimeout(limit.toSeconds(), TimeUnit.SECONDS));
    } catch (RuntimeException e) {
      LOG.error("The stop was not clean", e);
      code = 1;
    }
    // A JVM that a signal ends says 143; service managers take that for a failure.
    Runtime.getRuntime().halt(code);
  }
}
