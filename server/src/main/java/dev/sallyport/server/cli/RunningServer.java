package dev.sallyport.server.cli;

import dev.sallyport.api.Answer;
import dev.sallyport.config.ConfigException;
import dev.sallyport.config.ServerConfig;
import dev.sallyport.server.assembly.Sallyport;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionException;

/** A server as the command line knows it: here, and only here, threads wait for it. */
final class RunningServer implements AutoCloseable {

  private final Sallyport server;

  private RunningServer(Sallyport server) {
    this.server = server;
  }

  /**
   * Returns when the server is ready.
   *
   * @throws ConfigException for what it cannot start with
   */
  static RunningServer start(ServerConfig config) {
    try {
      return new RunningServer(Sallyport.start(config).toCompletableFuture().join());
    } catch (CompletionException failure) {
      if (Answer.unwrap(failure) instanceof ConfigException told) {
        throw told;
      }
      throw failure;
    }
  }

  InetSocketAddress address() {
    return server.address();
  }

  /** Returns when the server has stopped. */
  void awaitTermination() {
    server.stopped().toCompletableFuture().join();
  }

  /** Stops gracefully; returns when all has ended. */
  @Override
  public void close() {
    server.stop().toCompletableFuture().join();
  }
}
