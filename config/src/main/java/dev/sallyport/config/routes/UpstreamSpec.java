package dev.sallyport.config.routes;

import dev.sallyport.config.IdentityConfig;
import dev.sallyport.config.KubeconfigReference;
import dev.sallyport.config.ProxyProtocol;
import dev.sallyport.config.StreamingProtocol;
import dev.sallyport.config.UpstreamProtocol;
import dev.sallyport.config.UpstreamTls;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A group of endpoints that serve the same.
 *
 * @param name what routes, answers and metrics call it
 * @param endpoints one or several; empty exactly when a kubeconfig names the one
 * @param kubeconfig where server, trust and credential stand instead
 * @param protocol what is spoken
 * @param tls how both sides prove who they are, for https
 * @param tokenFile a bearer token that is sent with every request
 * @param identity how the upstream learns who calls
 * @param healthCheck probes; empty: none
 * @param timeouts how long it may take for what
 * @param maxConnections how many requests and tunnels may run at once
 * @param retries how often a request that failed is sent to another endpoint where that is safe
 * @param streaming what exec, attach and port-forward speak with it
 * @param proxyProtocol how it learns the client's address beneath TLS
 */
public record UpstreamSpec(
    String name,
    List<EndpointSpec> endpoints,
    Optional<KubeconfigReference> kubeconfig,
    UpstreamProtocol protocol,
    UpstreamTls tls,
    Optional<Path> tokenFile,
    IdentityConfig identity,
    Optional<HealthCheckConfig> healthCheck,
    UpstreamTimeouts timeouts,
    int maxConnections,
    int retries,
    StreamingProtocol streaming,
    ProxyProtocol proxyProtocol) {

  public static final int MAX_CONNECTIONS = 1000;

  /** Watches count too, and a controller keeps dozens open. */
  public static final int MAX_CLUSTER_CONNECTIONS = 100_000;

  public static final int RETRIES = 1;

  public UpstreamSpec {
    endpoints = List.copyOf(endpoints);
  }
}
