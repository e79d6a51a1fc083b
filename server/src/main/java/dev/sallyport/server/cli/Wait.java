package dev.sallyport.server.cli;

import dev.sallyport.config.ConfigException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The one place of the program that waits for something to be done. */
final class Wait {
  private Wait() {}

  /**
   * Blocks until it is there.
   *
   * @throws ConfigException if that is how it failed
   * @throws IllegalStateException with the cause, if it failed in another way
   */
  static <T> T on(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ConfigException faults) {
        throw faults;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
