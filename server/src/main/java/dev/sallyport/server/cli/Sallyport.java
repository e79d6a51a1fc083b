package dev.sallyport.server.cli;

import dev.sallyport.config.ServerConfig;
import java.net.InetSocketAddress;

final class Sallyport implements AutoCloseable {
  private final ServerConfig config;

  private Sallyport(ServerConfig c) {
    config = c;
  }

  static Sallyport start(ServerConfig config) {
    return new Sallyport(config);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(config.serving().bindAddress(), config.serving().port());
  }

  void awaitTermination() {
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {}
}
