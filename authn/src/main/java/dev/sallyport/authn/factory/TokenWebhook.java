package dev.sallyport.authn.factory;

import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.TokenAuthenticator;
import dev.sallyport.authn.token.cache.InquiryCounts;
import dev.sallyport.authn.token.webhook.WebhookTokenAuthenticator;
import dev.sallyport.config.TokenWebhookConfig;
import dev.sallyport.config.reload.RenewedValue;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.WebhookTarget;
import dev.sallyport.webhook.kubeconfig.ClusterTargets;
import dev.sallyport.webhook.post.Backoff;
import dev.sallyport.webhook.post.Retry;
import dev.sallyport.webhook.post.Reviewer;
import dev.sallyport.webhook.post.WebhookClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The webhook of {@code --authentication-token-webhook-config-file}. */
final class TokenWebhook {

  /** For all calls about one token together, as in kube-apiserver. */
  private static final Duration WHOLE = Duration.ofSeconds(10);

  private TokenWebhook() {}

  /** Null when its file is at fault, which is noted. */
  static @Nullable TokenAuthenticator create(
      TokenWebhookConfig config,
      WatchedFiles files,
      HttpsConnector connector,
      Audiences apiAudiences,
      Clock clock,
      Executor executor,
      InquiryCounts counts) {
    Watched<WebhookTarget> target =
        files.watch(
            config.reviewsOfCluster()
                ? "--kubeconfig"
                : "--authentication-token-webhook-config-file",
            config.reviewsOfCluster() ? "files of a cluster" : "a kubeconfig file of a webhook",
            watcher -> {
              Watched<WebhookTarget> read = ClusterTargets.watch(config.location(), watcher);
              String path = config.path();
              return path.isEmpty() ? read : RenewedValue.derived(read, known -> known.below(path));
            });
    if (target == null) {
      return null;
    }
    Reviewer reviewer = reviewer(connector, target);
    return new WebhookTokenAuthenticator(
        reviewer::ask,
        config.version().flagValue(),
        apiAudiences,
        config.cacheTtl(),
        clock,
        executor,
        counts);
  }

  /** Asks that webhook, with as much patience as kube-apiserver has. */
  static Reviewer reviewer(HttpsConnector connector, Watched<WebhookTarget> target) {
    WebhookClient client = new WebhookClient(connector, target, Backoff.STANDARD, Retry.TRANSIENT);
    return new Reviewer(client, WHOLE, WHOLE);
  }
}
