package dev.sallyport.server.assembly;

import dev.sallyport.config.LimitsConfig;
import dev.sallyport.config.ServerConfig;
import dev.sallyport.server.endpoint.watch.Watches;
import dev.sallyport.server.netty.Listener;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server. Any thread. */
public final class Sallyport {

  private static final Logger log = LoggerFactory.getLogger(Sallyport.class);

  /** How long running requests may take to end, whatever their own deadline. */
  private static final Duration LONGEST_GRACE = Duration.ofSeconds(30);

  private static final long HAND_OVER_SECONDS = 2;

  private final LimitsConfig limits;
  private final Readiness readiness;
  private final Listener listener;
  private final Watches watches;
  private final LedControllers controllers;
  private final Resources resources;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();

  Sallyport(
      LimitsConfig limits,
      Readiness readiness,
      Listener listener,
      Watches watches,
      LedControllers controllers,
      Resources resources) {
    this.limits = limits;
    this.readiness = readiness;
    this.listener = listener;
    this.watches = watches;
    this.controllers = controllers;
    this.resources = resources;
  }

  /**
   * Starts a server.
   *
   * @return the server when it is ready; fails with a {@link dev.sallyport.config.ConfigException}
   *     that names the flags at fault
   */
  public static CompletionStage<Sallyport> start(ServerConfig config) {
    return new Startup(config).run();
  }

  /** The first address it listens on, with the real port. */
  public InetSocketAddress address() {
    return listener.address();
  }

  /**
   * Stops: not ready any more, then, after the configured delay, no new connections; running
   * requests and watches end, then the store closes. Calling it again changes nothing.
   *
   * @return done when all has ended
   */
  public CompletionStage<Void> stop() {
    if (stopping.compareAndSet(false, true)) {
      readiness.stopping();
      log.info("Stopping");
      CompletableFuture.delayedExecutor(
              limits.shutdownDelay().toMillis(), TimeUnit.MILLISECONDS, resources.workers())
          .execute(this::drain);
    }
    return stopped;
  }

  /** Done when the server has stopped. */
  public CompletionStage<Void> stopped() {
    return stopped;
  }

  private void drain() {
    watches.endAll();
    Duration grace =
        limits.requestTimeout().compareTo(LONGEST_GRACE) < 0
            ? limits.requestTimeout()
            : LONGEST_GRACE;
    var unused =
        listener
            .shutdown(grace)
            .whenComplete(
                (nothing, failure) -> {
                  if (failure != null) {
                    log.warn("The listener did not end cleanly", failure);
                  }
                  handOver();
                });
  }

  /** Others may lead at once; a store that does not answer any more keeps nobody here. */
  private void handOver() {
    var unused =
        controllers
            .stop()
            .toStage()
            .toCompletableFuture()
            .completeOnTimeout(false, HAND_OVER_SECONDS, TimeUnit.SECONDS)
            .whenCompleteAsync(
                (released, failure) -> {
                  resources.close();
                  log.info("Stopped");
                  stopped.complete(null);
                });
  }
}
