package dev.sallyport.server.metrics;

import dev.sallyport.authn.token.cache.InquiryCounts;
import dev.sallyport.resources.ResourceCatalogue;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.IntSupplier;

/** All of this server's metrics. Any thread. */
public final class ServerMetrics {

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final RequestSeries requests;
  private final HealthSeries health = new HealthSeries();
  private final AuditSeries audit;
  private final WebhookSeries webhooks = new WebhookSeries(registry);
  private final UpstreamSeries upstreams = new UpstreamSeries(registry);
  private final CounterDataPoint authenticated;
  private final CounterDataPoint rejected;
  private final CounterDataPoint withoutCredential;

  public ServerMetrics(ResourceCatalogue catalogue) {
    this.requests = new RequestSeries(registry, catalogue);
    Counter attempts =
        Counter.builder()
            .name("authentication_attempts_total")
            .help("Requests by the outcome of authentication.")
            .labelNames("result")
            .withoutExemplars()
            .register(registry);
    this.authenticated = attempts.labelValues("success");
    this.rejected = attempts.labelValues("error");
    this.withoutCredential = attempts.labelValues("failure");
    this.audit = new AuditSeries(registry);
    ProcessMetrics.register(registry);
  }

  public AuditSeries audit() {
    return audit;
  }

  /** How the probes' checks ended; scraped apart. */
  public HealthSeries health() {
    return health;
  }

  /** How webhooks are asked for decisions. */
  public WebhookSeries webhooks() {
    return webhooks;
  }

  /** How upstreams do. */
  public UpstreamSeries upstreams() {
    return upstreams;
  }

  public RequestSeries requests() {
    return requests;
  }

  public void authenticated() {
    authenticated.inc();
  }

  /** A credential was bad. */
  public void rejected() {
    rejected.inc();
  }

  /** There was no credential, and anonymous requests are refused. */
  public void withoutCredential() {
    withoutCredential.inc();
  }

  /** Publishes how often others are asked about tokens, by kube-apiserver's names. */
  public void watchInquiries(InquiryCounts counts) {
    CounterWithCallback.builder()
        .name("authentication_token_cache_request_total")
        .help("Tokens that others are asked about, by whether an answer was remembered.")
        .labelNames("status")
        .callback(
            callback -> {
              callback.call((double) counts.remembered(), "hit");
              callback.call((double) counts.unknown(), "miss");
            })
        .register(registry);
    CounterWithCallback.builder()
        .name("authentication_token_cache_fetch_total")
        .help("Questions about tokens by how they ended.")
        .labelNames("status")
        .callback(
            callback -> {
              callback.call((double) counts.answered(), "ok");
              callback.call((double) counts.failed(), "error");
            })
        .register(registry);
    GaugeWithCallback.builder()
        .name("authentication_token_cache_active_fetch_count")
        .help("Questions about tokens that wait for an answer, and requests that wait for others'.")
        .labelNames("status")
        .callback(
            callback -> {
              callback.call((double) counts.underWay(), "in_flight");
              callback.call((double) counts.waiting(), "blocked");
            })
        .register(registry);
  }

  /** Publishes how many requests run now. */
  public void watchInFlight(IntSupplier reads, IntSupplier writes) {
    GaugeWithCallback.builder()
        .name("apiserver_current_inflight_requests")
        .help("Requests running now.")
        .labelNames("request_kind")
        .callback(
            callback -> {
              callback.call(reads.getAsInt(), "readOnly");
              callback.call(writes.getAsInt(), "mutating");
            })
        .register(registry);
  }

  /** Publishes how many watches are open. */
  public void watchWatches(IntSupplier open) {
    ProcessMetrics.gauge(
        registry, "apiserver_registered_watchers", "Watches open now.", open::getAsInt);
  }

  /** All values as they are now; takes a moment, so not on an event loop. */
  public MetricSnapshots scrape() {
    return registry.scrape();
  }
}
