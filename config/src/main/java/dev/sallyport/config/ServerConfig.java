package dev.sallyport.config;

import java.util.Map;
import java.util.Optional;

/**
 * Everything the server is told: flags over the {@code --config} file over defaults. Immutable;
 * each part has checked itself. Holds names of files, never their contents.
 *
 * @param serving addresses, certificates, TLS
 * @param authentication the first door
 * @param authorization the second door
 * @param audit the visitors' book
 * @param limits in-flight limits and times
 * @param storage the data directory and the engine
 * @param upstream the backend to proxy to; empty: the store answers
 * @param serviceProxy what the upstream is asked as a plain service; empty: it is no such
 * @param routing which requests go to other upstreams
 * @param signing the cluster's signing pair and root CA
 * @param controllers which controllers run, and in which replica
 * @param kubernetesService how the API stands in its own store
 * @param bootstrap what the first run makes itself because no flag supplies it
 * @param logging verbosity and form
 * @param flags every flag by name with its text in force, for people to read
 */
public record ServerConfig(
    ServingConfig serving,
    AuthenticationConfig authentication,
    AuthorizationConfig authorization,
    AuditConfig audit,
    LimitsConfig limits,
    StorageConfig storage,
    Optional<UpstreamConfig> upstream,
    Optional<ServiceProxyConfig> serviceProxy,
    RoutingConfig routing,
    SigningConfig signing,
    ControllersConfig controllers,
    KubernetesServiceConfig kubernetesService,
    BootstrapConfig bootstrap,
    LoggingConfig logging,
    Map<String, String> flags) {

  public ServerConfig {
    flags = Map.copyOf(flags);
  }
}
