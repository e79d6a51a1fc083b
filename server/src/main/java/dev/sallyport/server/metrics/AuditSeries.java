package dev.sallyport.server.metrics;

import dev.sallyport.audit.AuditObserver;
import dev.sallyport.audit.Level;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Map;

/** Counts what becomes of audit events. Any thread. */
public final class AuditSeries implements AuditObserver {

  private final CounterDataPoint events;
  private final Map<Level, CounterDataPoint> levels = new EnumMap<>(Level.class);
  private final Counter errors;
  private final CounterDataPoint rejected;

  AuditSeries(PrometheusRegistry registry) {
    this.events =
        counter(registry, "apiserver_audit_event_total", "Audit events made.").labelValues();
    Counter byLevel =
        counter(registry, "apiserver_audit_level_total", "Audit events by policy level.", "level");
    for (Level level : Level.values()) {
      levels.put(level, byLevel.labelValues(level.text()));
    }
    this.errors = counter(registry, "apiserver_audit_error_total", "Audit events lost.", "plugin");
    this.rejected =
        counter(
                registry,
                "apiserver_audit_requests_rejected_total",
                "Requests refused since their audit event could not be kept.")
            .labelValues();
  }

  private static Counter counter(
      PrometheusRegistry registry, String name, String help, String... labels) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  @Override
  public void event(Level level) {
    events.inc();
    CounterDataPoint counter = levels.get(level);
    if (counter != null) {
      counter.inc();
    }
  }

  @Override
  public void lost(String sink, int lost) {
    errors.labelValues(sink).inc(lost);
  }

  @Override
  public void rejected() {
    rejected.inc();
  }
}
