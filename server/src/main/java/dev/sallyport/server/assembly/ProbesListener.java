package dev.sallyport.server.assembly;

import dev.sallyport.config.ServingConfig;
import dev.sallyport.server.chain.Chain;
import dev.sallyport.server.endpoint.PathTable;
import dev.sallyport.server.endpoint.Router;
import dev.sallyport.server.filter.PanicGuard;
import dev.sallyport.server.filter.RequestFirewall;
import dev.sallyport.server.filter.RequestInfoFilter;
import dev.sallyport.server.netty.Listener;
import dev.sallyport.server.netty.ListenerConfig;
import dev.sallyport.server.response.ErrorTranslator;
import dev.sallyport.server.response.ResponseWriter;
import dev.sallyport.server.tls.TlsContexts;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A port for this server's own probes and public keys, where the main one has no path to spare.
 * Nobody is asked for a name there, as at kube-rbac-proxy's.
 */
final class ProbesListener {

  private ProbesListener() {}

  /**
   * @param shown nothing but what anybody may see
   */
  static CompletionStage<Listener> start(
      ServingConfig serving,
      int port,
      Supplier<TlsContexts> certificates,
      PathTable shown,
      Resources resources) {
    Chain chain =
        new Chain(
            List.of(
                new PanicGuard(
                    new ErrorTranslator(new ResponseWriter(List.of()), StoreFailures::status)),
                new RequestFirewall(),
                new RequestInfoFilter()),
            new Router(shown, shown));
    InetSocketAddress address = new InetSocketAddress(serving.bindAddress(), port);
    return Listener.start(
            ListenerConfig.of(address, serving.http2MaxStreams()), certificates, chain)
        .thenApply(
            listener -> {
              resources.hold(
                  (AutoCloseable)
                      () -> {
                        var unused = listener.shutdown(Duration.ZERO);
                      });
              return listener;
            });
  }
}
