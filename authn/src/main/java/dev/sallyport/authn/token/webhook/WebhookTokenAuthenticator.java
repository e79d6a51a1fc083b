package dev.sallyport.authn.token.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.TokenAuthenticator;
import dev.sallyport.authn.token.cache.DigestCache;
import dev.sallyport.authn.token.cache.TokenDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks a webhook whose a token is, and remembers what it said: that it knows the token, or does
 * not. Errors are never remembered. Requests with the same token wait for the same answer.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#webhook-token-authentication">Kubernetes:
 *     Webhook Token Authentication</a>
 */
public final class WebhookTokenAuthenticator implements TokenAuthenticator {

  /** Each costs about a kilobyte, more with many groups. */
  private static final int REMEMBERED = 16 << 10;

  private record Remembered(AuthenticationResult result, long untilMillis) {}

  private final Function<ObjectNode, Answer<ObjectNode>> webhook;
  private final String version;
  private final Audiences apiAudiences;
  private final long ttlMillis;
  private final Clock clock;
  private final Executor executor;
  private final DigestCache<Remembered> known = new DigestCache<>(REMEMBERED);
  private final ConcurrentHashMap<TokenDigest, CompletableFuture<AuthenticationResult>> asked =
      new ConcurrentHashMap<>();

  /**
   * @param webhook answers a TokenReview with its status, bounded in time
   * @param version of the TokenReview: v1 or v1beta1
   * @param apiAudiences whom a token is meant for when the webhook does not say
   * @param ttl how long an answer holds; zero: not at all
   * @param executor where whoever waited goes on
   */
  public WebhookTokenAuthenticator(
      Function<ObjectNode, Answer<ObjectNode>> webhook,
      String version,
      Audiences apiAudiences,
      Duration ttl,
      Clock clock,
      Executor executor) {
    this.webhook = webhook;
    this.version = version;
    this.apiAudiences = apiAudiences;
    this.ttlMillis = ttl.toMillis();
    this.clock = clock;
    this.executor = executor;
  }

  @Override
  public Answer<AuthenticationResult> authenticate(String token, Audiences audiences) {
    TokenDigest digest = digest(token, audiences);
    Remembered before = known.find(digest);
    if (before != null && clock.millis() < before.untilMillis()) {
      return Answer.now(before.result());
    }
    CompletableFuture<AuthenticationResult> mine = new CompletableFuture<>();
    CompletableFuture<AuthenticationResult> other = asked.putIfAbsent(digest, mine);
    if (other != null) {
      return Answer.later(other);
    }
    ask(token, audiences)
        .whenDone(
            (status, failure) ->
                end(digest, mine, silent(token, judge(status, failure, audiences))));
    return Answer.later(mine);
  }

  /** What is remembered is good for one token and one set of audiences only. */
  private static TokenDigest digest(String token, Audiences audiences) {
    StringBuilder text = new StringBuilder(token.length() + 64);
    for (String audience : audiences.names()) {
      text.append(audience.length()).append(':').append(audience);
    }
    return TokenDigest.of(text.append('|').append(token).toString());
  }

  private Answer<ObjectNode> ask(String token, Audiences audiences) {
    try {
      return webhook.apply(TokenReviewWords.question(version, token, audiences));
    } catch (RuntimeException e) {
      return Answer.failed(e); // others may be waiting for the answer already
    }
  }

  private AuthenticationResult judge(
      @Nullable JsonNode status, @Nullable Throwable failure, Audiences wanted) {
    if (status == null) {
      String why = failure == null ? "no answer" : String.valueOf(failure.getMessage());
      return new Rejected(why);
    }
    try {
      return ReviewedToken.of(status, wanted, apiAudiences);
    } catch (RuntimeException e) {
      // Whoever waits must hear of it; an answer that we cannot read lets nobody in.
      return new Rejected("the webhook's answer cannot be read: " + e.getClass().getSimpleName());
    }
  }

  /** The same without the token, should the webhook have repeated it. */
  private static AuthenticationResult silent(String token, AuthenticationResult result) {
    return result instanceof Rejected bad && bad.reason().contains(token)
        ? new Rejected(bad.reason().replace(token, "***"))
        : result;
  }

  private void end(
      TokenDigest digest,
      CompletableFuture<AuthenticationResult> mine,
      AuthenticationResult result) {
    if (ttlMillis > 0 && !(result instanceof Rejected)) {
      known.remember(digest, new Remembered(result, clock.millis() + ttlMillis));
    }
    asked.remove(digest, mine);
    try {
      executor.execute(() -> mine.complete(result));
    } catch (RejectedExecutionException e) {
      mine.complete(result); // too busy to hop: those who wait go on here rather than never
    }
  }
}
