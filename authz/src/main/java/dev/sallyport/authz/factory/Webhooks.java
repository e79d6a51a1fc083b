package dev.sallyport.authz.factory;

import dev.sallyport.authz.Authorizer;
import dev.sallyport.authz.webhook.MatchConditions;
import dev.sallyport.authz.webhook.WebhookAuthorizer;
import dev.sallyport.authz.webhook.WebhookObserver;
import dev.sallyport.config.WebhookAuthorizerConfig;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.expressions.InvalidExpressionException;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.WebhookTarget;
import dev.sallyport.webhook.post.Backoff;
import dev.sallyport.webhook.post.Retry;
import dev.sallyport.webhook.post.Reviewer;
import dev.sallyport.webhook.post.WebhookClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * What webhook authorizers share.
 *
 * @param connector the way to them
 * @param executor where requests that waited for one go on
 * @param observer hears how they are asked
 */
public record Webhooks(
    HttpsConnector connector, Clock clock, Executor executor, WebhookObserver observer) {

  /** A call takes its own timeout at most, and pauses between calls some four seconds. */
  private static final Duration PAUSES = Duration.ofSeconds(5);

  /**
   * @param client where it is asked; to be closed by the caller
   */
  record Hook(Authorizer authorizer, WebhookClient client) {}

  Hook create(WebhookAuthorizerConfig config, Watched<WebhookTarget> target)
      throws InvalidExpressionException {
    MatchConditions conditions = MatchConditions.of(config.matchConditions());
    Backoff backoff = Backoff.STANDARD;
    WebhookClient client = new WebhookClient(connector, target, backoff, Retry.TRANSIENT);
    Duration whole = config.timeout().multipliedBy(backoff.attempts()).plus(PAUSES);
    Reviewer reviewer = new Reviewer(client, config.timeout(), whole);
    return new Hook(
        new WebhookAuthorizer(config, conditions, reviewer::ask, clock, executor, observer),
        client);
  }
}
