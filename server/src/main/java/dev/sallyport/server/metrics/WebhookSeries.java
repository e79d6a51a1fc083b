package dev.sallyport.server.metrics;

import dev.sallyport.authz.webhook.WebhookObserver;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/**
 * Webhook authorizers, by kube-apiserver's names. Labels are names from the configuration, so there
 * are no more of them than somebody wrote down.
 */
public final class WebhookSeries implements WebhookObserver {

  private final Counter evaluations;
  private final Counter failOpen;
  private final Histogram durations;
  private final Counter exclusions;
  private final Counter conditionErrors;
  private final Counter reloads;

  WebhookSeries(PrometheusRegistry registry) {
    evaluations =
        counter(
            registry,
            "apiserver_authorization_webhook_evaluations_total",
            "Questions to webhook authorizers by how they ended.",
            "name",
            "result");
    failOpen =
        counter(
            registry,
            "apiserver_authorization_webhook_evaluations_fail_open_total",
            "Failed questions after which the next authorizer was asked.",
            "name",
            "result");
    durations =
        Histogram.builder()
            .name("apiserver_authorization_webhook_duration_seconds")
            .help("Time until a webhook authorizer had answered or failed.")
            .labelNames("name", "result")
            .classicOnly()
            .classicUpperBounds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
            .withoutExemplars()
            .register(registry);
    exclusions =
        counter(
            registry,
            "apiserver_authorization_match_condition_exclusions_total",
            "Requests that a match condition kept from an authorizer.",
            "type",
            "name");
    conditionErrors =
        counter(
            registry,
            "apiserver_authorization_match_condition_evaluation_errors_total",
            "Match conditions that could not be evaluated.",
            "type",
            "name");
    reloads =
        counter(
            registry,
            "apiserver_authorization_config_controller_automatic_reloads_total",
            "Readings of a changed --authorization-config by how they ended.",
            "status");
  }

  @Override
  public void evaluated(String authorizer, Outcome outcome, long nanos) {
    String result = label(outcome);
    evaluations.labelValues(authorizer, result).inc();
    durations.labelValues(authorizer, result).observe(nanos / 1e9);
  }

  @Override
  public void failedOpen(String authorizer, Outcome outcome) {
    failOpen.labelValues(authorizer, label(outcome)).inc();
  }

  @Override
  public void excluded(String authorizer) {
    exclusions.labelValues("Webhook", authorizer).inc();
  }

  @Override
  public void conditionFailed(String authorizer) {
    conditionErrors.labelValues("Webhook", authorizer).inc();
  }

  @Override
  public void reloaded(boolean success) {
    reloads.labelValues(success ? "success" : "failure").inc();
  }

  private static String label(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
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
}
