package dev.sallyport.server.metrics;

import dev.sallyport.authz.RolesContact;
import dev.sallyport.proxy.balance.GroupEndpoint;
import dev.sallyport.proxy.balance.GroupObserver;
import dev.sallyport.proxy.balance.UpstreamGroup;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Upstreams by their names, which somebody has written down: there are no more of them than that,
 * and health is told only of those in use now. Any thread.
 */
public final class UpstreamSeries {

  private static final List<String> CLASSES = List.of("error", "1xx", "2xx", "3xx", "4xx", "5xx");

  private final PrometheusRegistry registry;
  private final Counter requests;
  private final Histogram durations;

  UpstreamSeries(PrometheusRegistry registry) {
    this.registry = registry;
    requests =
        Counter.builder()
            .name("sallyport_upstream_requests_total")
            .help("Requests to an upstream by the class of the answer; error: there was none.")
            .labelNames("upstream", "code")
            .withoutExemplars()
            .register(registry);
    durations =
        Histogram.builder()
            .name("sallyport_upstream_request_duration_seconds")
            .help("Time until an upstream's answer began, or was given up.")
            .labelNames("upstream")
            .classicOnly()
            .classicUpperBounds(0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
            .withoutExemplars()
            .register(registry);
  }

  /** Who counts for one upstream. */
  public GroupObserver observer(String upstream) {
    CounterDataPoint[] counters =
        CLASSES.stream()
            .map(each -> requests.labelValues(upstream, each))
            .toArray(CounterDataPoint[]::new);
    DistributionDataPoint times = durations.labelValues(upstream);
    return (status, nanos) -> {
      counters[status < 100 || status > 599 ? 0 : status / 100].inc();
      times.observe(nanos / 1e9);
    };
  }

  /**
   * Publishes how well the roles and bindings are known by which requests to upstreams are judged.
   * To be called once.
   */
  public void followRoles(Supplier<Map<String, RolesContact>> contacts) {
    GaugeWithCallback.builder()
        .name("sallyport_upstream_rbac_synced")
        .help("Whether all roles and bindings of an upstream are known and their changes heard of.")
        .labelNames("upstream")
        .callback(
            callback ->
                contacts.get().forEach((name, each) -> callback.call(each.synced() ? 1 : 0, name)))
        .register(registry);
    GaugeWithCallback.builder()
        .name("sallyport_upstream_rbac_last_contact_timestamp_seconds")
        .help("When an upstream last said something about its roles and bindings; 0: not yet.")
        .labelNames("upstream")
        .callback(
            callback ->
                contacts
                    .get()
                    .forEach((name, each) -> callback.call(each.last().toEpochMilli() / 1e3, name)))
        .register(registry);
  }

  /** Publishes how the upstreams are. To be called once. */
  public void follow(Supplier<Collection<UpstreamGroup>> groups) {
    GaugeWithCallback.builder()
        .name("sallyport_upstream_healthy")
        .help("Whether an endpoint is sent requests: 0 when its probes fail.")
        .labelNames("upstream", "endpoint")
        .callback(
            callback -> {
              for (UpstreamGroup group : groups.get()) {
                for (GroupEndpoint endpoint : group.endpoints()) {
                  double healthy = endpoint.healthy() ? 1 : 0;
                  callback.call(healthy, group.name(), endpoint.address());
                }
              }
            })
        .register(registry);
    GaugeWithCallback.builder()
        .name("sallyport_upstream_connections")
        .help("Requests and tunnels that run with an upstream now.")
        .labelNames("upstream")
        .callback(
            callback -> groups.get().forEach(each -> callback.call(each.running(), each.name())))
        .register(registry);
  }
}
