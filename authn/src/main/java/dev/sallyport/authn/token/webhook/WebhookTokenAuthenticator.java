package dev.sallyport.authn.token.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.TokenAuthenticator;
import dev.sallyport.authn.token.cache.Inquiries;
import dev.sallyport.authn.token.cache.Inquiries.Found;
import dev.sallyport.authn.token.cache.InquiryCounts;
import dev.sallyport.authn.token.cache.TokenDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
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

  private final Function<ObjectNode, Answer<ObjectNode>> webhook;
  private final String version;
  private final Audiences apiAudiences;
  private final long ttlMillis;
  private final Clock clock;
  private final Inquiries inquiries;

  /**
   * @param webhook answers a TokenReview with its status, bounded in time
   * @param version of the TokenReview: v1 or v1beta1
   * @param apiAudiences whom a token is meant for when the webhook does not say
   * @param ttl how long an answer holds; zero: not at all
   * @param executor where whoever waited goes on
   * @param counts counts what is asked and what is remembered
   */
  public WebhookTokenAuthenticator(
      Function<ObjectNode, Answer<ObjectNode>> webhook,
      String version,
      Audiences apiAudiences,
      Duration ttl,
      Clock clock,
      Executor executor,
      InquiryCounts counts) {
    this.webhook = webhook;
    this.version = version;
    this.apiAudiences = apiAudiences;
    this.ttlMillis = ttl.toMillis();
    this.clock = clock;
    this.inquiries = new Inquiries(clock, executor, counts);
  }

  @Override
  public Answer<AuthenticationResult> authenticate(String token, Audiences audiences) {
    return inquiries.about(
        digest(token, audiences),
        () -> webhook.apply(TokenReviewWords.question(version, token, audiences)),
        (status, failure) -> found(silent(token, judge(status, failure, audiences))));
  }

  private Found found(AuthenticationResult result) {
    return ttlMillis > 0 && !(result instanceof Rejected)
        ? new Found(result, clock.millis() + ttlMillis)
        : Found.once(result);
  }

  /** What is remembered is good for one token and one set of audiences only. */
  private static TokenDigest digest(String token, Audiences audiences) {
    StringBuilder text = new StringBuilder(token.length() + 64);
    for (String audience : audiences.names()) {
      text.append(audience.length()).append(':').append(audience);
    }
    return TokenDigest.of(text.append('|').append(token).toString());
  }

  private AuthenticationResult judge(
      @Nullable JsonNode status, @Nullable Throwable failure, Audiences wanted) {
    if (status == null) {
      String why = failure == null ? "no answer" : String.valueOf(failure.getMessage());
      return new Rejected(why);
    }
    return ReviewedToken.of(status, wanted, apiAudiences);
  }

  /** The same without the token, should the webhook have repeated it. */
  private static AuthenticationResult silent(String token, AuthenticationResult result) {
    return result instanceof Rejected bad && bad.reason().contains(token)
        ? new Rejected(bad.reason().replace(token, "***"))
        : result;
  }
}
