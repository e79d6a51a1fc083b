package dev.sallyport.server.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens when the process is told to end. */
final class Termination {
  private static final Logger LOG = LoggerFactory.getLogger(Termination.class);

  private Termination() {}

  /** On SIGTERM or SIGINT closes the server, which is graceful, and ends with exit code 0. */
  static void closeOnSignal(AutoCloseable server) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server), "shutdown"));
  }

  private static void end(AutoCloseable server) {
    int code = 0;
    try {
      server.close();
    } catch (Exception e) {
      LOG.error("The stop was not clean", e);
      code = 1;
    }
    // A JVM that a signal ends says 143; service managers take that for a failure.
    Runtime.getRuntime().halt(code);
  }
}
