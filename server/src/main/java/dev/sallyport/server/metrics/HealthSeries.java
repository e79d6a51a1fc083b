package dev.sallyport.server.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/**
 * How the checks of the probes ended, for /metrics/slis, by kube-apiserver's names. Labels are the
 * checks' own names. Any thread.
 *
 * @see <a href="https://kubernetes.io/docs/reference/instrumentation/slis/">Kubernetes component
 *     SLI metrics</a>
 */
public final class HealthSeries {

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Gauge last =
      Gauge.builder()
          .name("kubernetes_healthcheck")
          .help("How a check ended last: 1 is well.")
          .labelNames("name", "type")
          .withoutExemplars()
          .register(registry);
  private final Counter outcomes =
      Counter.builder()
          .name("kubernetes_healthchecks_total")
          .help("Checks by how they ended.")
          .labelNames("name", "status", "type")
          .withoutExemplars()
          .register(registry);

  HealthSeries() {}

  /**
   * Counts one check.
   *
   * @param probe the probe that asked, such as livez
   */
  public void checked(String probe, String check, boolean well) {
    last.labelValues(check, probe).set(well ? 1 : 0);
    outcomes.labelValues(check, well ? "success" : "error", probe).inc();
  }

  /** All values as they are now; takes a moment, so not on an event loop. */
  public MetricSnapshots scrape() {
    return registry.scrape();
  }
}
