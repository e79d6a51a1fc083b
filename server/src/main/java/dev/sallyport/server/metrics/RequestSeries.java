package dev.sallyport.server.metrics;

import dev.sallyport.api.RequestInfo;
import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.ResourceDefinition;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts and times requests by what they asked for. Paths, resources and verbs that the server does
 * not know fall together. Any thread; a request costs one look-up.
 */
public final class RequestSeries {

  private static final String OTHER = "other";
  private static final int MOST_WITH_CUSTOM = 5_000;
  private static final Set<String> PATHS =
      Set.of("/healthz", "/livez", "/readyz", "/metrics", "/version", "/", "/api", "/apis");

  private final ResourceCatalogue catalogue;
  private final Counter requests;
  private final Histogram durations;
  private final Map<What, Series> known = new ConcurrentHashMap<>();

  public RequestSeries(PrometheusRegistry registry, ResourceCatalogue catalogue) {
    this.catalogue = catalogue;
    this.requests =
        Counter.builder()
            .name("apiserver_request_total")
            .help("Requests by what was asked for and the code of the answer.")
            .labelNames(
                "verb", "group", "version", "resource", "subresource", "scope", "component", "code")
            .withoutExemplars()
            .register(registry);
    this.durations =
        Histogram.builder()
            .name("apiserver_request_duration_seconds")
            .help("Time until a request's answer stood, watches left out.")
            .labelNames("verb", "group", "version", "resource", "subresource", "scope", "component")
            .classicOnly()
            .classicUpperBounds(0.001, 0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 15, 60)
            .withoutExemplars()
            .register(registry);
  }

  /** One request was answered; {@code nanos} is negative for a long-running one. */
  public void answered(RequestInfo info, String method, int code, long nanos) {
    Series series = known.computeIfAbsent(what(info, method), this::series);
    series.counter(code).inc();
    if (nanos >= 0) {
      series.duration.observe(nanos / 1e9);
    }
  }

  private What what(RequestInfo info, String method) {
    if (!info.resourceRequest()) {
      String path = PATHS.contains(info.path()) ? info.path() : OTHER;
      return new What(verb(info, method), "", "", "", path, "");
    }
    ResourceDefinition definition =
        catalogue.find(info.apiGroup(), info.apiVersion(), info.resource());
    if (definition == null) {
      return new What(verb(info, method), "", "", OTHER, "", "");
    }
    if (definition.custom() != null && known.size() >= MOST_WITH_CUSTOM) {
      // Definitions come and go by any name, and series are kept: those are no place for each.
      return new What(verb(info, method), "", "", OTHER, "", "");
    }
    String sub = info.subresource();
    String subresource = sub.isEmpty() || definition.subresource(sub) != null ? sub : OTHER;
    return new What(
        verb(info, method),
        definition.group(),
        definition.version(),
        definition.plural(),
        subresource,
        scope(info));
  }

  private static String scope(RequestInfo info) {
    if (!info.name().isEmpty()) {
      return "resource";
    }
    return info.namespace().isEmpty() ? "cluster" : "namespace";
  }

  private static String verb(RequestInfo info, String method) {
    return switch (info.verb()) {
      case "list" -> "LIST";
      case "watch" -> "WATCH";
      case "deletecollection" -> "DELETECOLLECTION";
      default ->
          switch (method) {
            case "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS" -> method;
            default -> OTHER;
          };
    };
  }

  private Series series(What what) {
    String[] labels = {
      what.verb, what.group, what.version, what.resource, what.subresource, what.scope, "apiserver"
    };
    return new Series(requests, durations.labelValues(labels), labels);
  }

  private record What(
      String verb,
      String group,
      String version,
      String resource,
      String subresource,
      String scope) {}

  /** The series of one kind of request, with its counters by code found by index. */
  private static final class Series {
    private static final int FIRST_CODE = 100;

    private final Counter requests;
    private final DistributionDataPoint duration;
    private final String[] labels;
    private final CounterDataPoint[] byCode = new CounterDataPoint[500];

    Series(Counter requests, DistributionDataPoint duration, String[] labels) {
      this.requests = requests;
      this.duration = duration;
      this.labels = labels;
    }

    CounterDataPoint counter(int code) {
      int index = Math.floorMod(code - FIRST_CODE, byCode.length);
      CounterDataPoint counter = byCode[index];
      if (counter == null) {
        counter = resolve(code);
        byCode[index] = counter; // a race resolves the same child twice
      }
      return counter;
    }

    private CounterDataPoint resolve(int code) {
      String[] all = Arrays.copyOf(labels, labels.length + 1);
      all[labels.length] = Integer.toString(code);
      return requests.labelValues(all);
    }
  }
}
