package dev.sallyport.server.cli;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens when the process is told to end. */
final class Termination {
  private static final Logger LOG = LoggerFactory.getLogger(Termination.class);

  private Termination() {}

  /** On SIGTERM or SIGINT stops the server, which is graceful, and ends with exit code 0. */
  static void onSignal(Supplier<CompletionStage<Void>> stop) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop), "shutdown"));
  }

  private static void end(Supplier<CompletionStage<Void>> stop) {
    int code = 0;
    try {
      var unused = Wait.on(stop.get());
    } catch (RuntimeException e) {
      LOG.error("The stop was not clean", e);
      code = 1;
    }
    // A JVM that a signal ends says 143; service managers take that for a failure.
    Runtime.getRuntime().halt(code);
  }
}
