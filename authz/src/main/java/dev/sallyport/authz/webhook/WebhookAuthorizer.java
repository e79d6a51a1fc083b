package dev.sallyport.authz.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Authorizer;
import dev.sallyport.authz.Decision;
import dev.sallyport.authz.webhook.MatchConditions.Match;
import dev.sallyport.authz.webhook.WebhookObserver.Outcome;
import dev.sallyport.config.WebhookAuthorizerConfig;
import dev.sallyport.webhook.post.WebhookException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks a webhook and remembers what it said about exactly that question. A failure is never a yes:
 * it is a NO_OPINION or a DENY that carries the error.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/webhook/">Kubernetes:
 *     Webhook mode</a>
 */
public final class WebhookAuthorizer implements Authorizer {

  private final WebhookAuthorizerConfig config;
  private final MatchConditions conditions;
  private final Function<ObjectNode, Answer<ObjectNode>> webhook;
  private final DecisionCache known;
  private final Map<DecisionKey, CompletableFuture<AuthorizationResult>> underWay =
      new ConcurrentHashMap<>();
  private final boolean sharing;
  private final Executor executor;
  private final WebhookObserver observer;

  /**
   * @param webhook answers a SubjectAccessReview with its status, bounded in time
   * @param executor where a request that waited goes on
   */
  public WebhookAuthorizer(
      WebhookAuthorizerConfig config,
      MatchConditions conditions,
      Function<ObjectNode, Answer<ObjectNode>> webhook,
      Clock clock,
      Executor executor,
      WebhookObserver observer) {
    this.config = config;
    this.conditions = conditions;
    this.webhook = webhook;
    this.known = new DecisionCache(config.authorizedTtl(), config.unauthorizedTtl(), clock);
    this.sharing = !(config.authorizedTtl().isZero() && config.unauthorizedTtl().isZero());
    this.executor = executor;
    this.observer = observer;
  }

  @Override
  public Answer<AuthorizationResult> authorize(Attributes attributes) {
    Match match = conditions.match(attributes);
    if (match instanceof Match.Failed failed) {
      observer.conditionFailed(config.name());
      return Answer.now(failure(failed.why()));
    }
    if (match == Match.Excluded.INSTANCE) {
      observer.excluded(config.name());
      return Answer.now(AuthorizationResult.NO_OPINION);
    }
    DecisionKey key = DecisionKey.of(attributes);
    AuthorizationResult before = known.find(key);
    return before == null ? inquire(key, attributes) : Answer.now(before);
  }

  /** One question under way serves all who ask the same, if its answer may be kept at all. */
  private Answer<AuthorizationResult> inquire(DecisionKey key, Attributes attributes) {
    if (!sharing || !key.worthKeeping()) {
      return Answer.later(ask(key, attributes, new CompletableFuture<>()));
    }
    CompletableFuture<AuthorizationResult> mine = new CompletableFuture<>();
    CompletableFuture<AuthorizationResult> others = underWay.putIfAbsent(key, mine);
    if (others != null) {
      return Answer.later(others);
    }
    try {
      return Answer.later(ask(key, attributes, mine));
    } catch (RuntimeException e) {
      underWay.remove(key, mine);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private CompletableFuture<AuthorizationResult> ask(
      DecisionKey key, Attributes attributes, CompletableFuture<AuthorizationResult> answer) {
    long begun = System.nanoTime();
    webhook
        .apply(AccessReview.question(config.version().flagValue(), attributes))
        .whenDone(
            (status, failure) -> {
              AuthorizationResult result = judge(status, failure, begun);
              if (result.error() == null) {
                known.remember(key, result);
              }
              underWay.remove(key, answer);
              hop(answer, result);
            });
    return answer;
  }

  private AuthorizationResult judge(
      @Nullable ObjectNode status, @Nullable Throwable failure, long begun) {
    AuthorizationResult said = status == null ? null : AccessReview.decision(status);
    Outcome outcome = said == null ? outcome(failure) : Outcome.SUCCESS;
    observer.evaluated(config.name(), outcome, System.nanoTime() - begun);
    if (said != null) {
      return said;
    }
    if (!config.failureDenies()) {
      observer.failedOpen(config.name(), outcome);
    }
    return failure(
        failure == null
            ? "the webhook answered a malformed SubjectAccessReview"
            : String.valueOf(failure.getMessage()));
  }

  private AuthorizationResult failure(String error) {
    Decision decision = config.failureDenies() ? Decision.DENY : Decision.NO_OPINION;
    return new AuthorizationResult(decision, "", error);
  }

  private static Outcome outcome(@Nullable Throwable failure) {
    if (!(failure instanceof WebhookException known)) {
      return Outcome.ERROR;
    }
    return switch (known.kind()) {
      case TIMEOUT -> Outcome.TIMEOUT;
      case CANCELED -> Outcome.CANCELED;
      case ERROR -> Outcome.ERROR;
    };
  }

  /** Off the thread of all webhooks, which must not do what a request needs behind this door. */
  private void hop(CompletableFuture<AuthorizationResult> answer, AuthorizationResult result) {
    try {
      executor.execute(() -> answer.complete(result));
    } catch (RejectedExecutionException e) {
      answer.complete(result); // too busy to hop: it goes on here rather than never
    }
  }
}
