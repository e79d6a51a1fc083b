package dev.sallyport.server.assembly;

import dev.sallyport.config.ServerConfig;
import dev.sallyport.config.options.Invocation;
import dev.sallyport.config.options.PodSurroundings;
import dev.sallyport.config.options.ServerOptions;
import dev.sallyport.server.bootstrap.FirstStart;
import dev.sallyport.server.bootstrap.ServerUrl;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A server in a process that is somebody else's: neither logging nor signals are touched, and any
 * number stand side by side.
 *
 * @param config what the flags said
 * @param server the server, ready
 */
public record InProcess(ServerConfig config, Sallyport server) {

  /**
   * Reads flags, makes what the first start makes, starts.
   *
   * @param flags in kube-apiserver's syntax; those that only ask for a help text are not for here
   * @return the server when it is ready; fails as {@link Sallyport#start} does
   * @throws dev.sallyport.config.ConfigException with every fault of the flags and their files
   */
  public static CompletionStage<InProcess> start(List<String> flags, Clock clock) {
    return start(flags, clock, PodSurroundings.real());
  }

  /**
   * As {@link #start(List, Clock)}, somewhere else.
   *
   * @param pod what is around, where flags name no cluster
   */
  public static CompletionStage<InProcess> start(
      List<String> flags, Clock clock, PodSurroundings pod) {
    if (!(ServerOptions.read(flags, GivenFileChecks.all(), pod)
        instanceof Invocation.Serve serve)) {
      throw new IllegalArgumentException("these flags start no server: " + flags);
    }
    ServerConfig config = serve.config();
    FirstStart.prepare(config, clock);
    return Sallyport.start(config).thenApply(server -> new InProcess(config, server));
  }

  public int port() {
    return server.address().getPort();
  }

  /** Where clients on this machine reach it. */
  public String url() {
    return ServerUrl.of(config.serving().bindAddress(), port());
  }
}
