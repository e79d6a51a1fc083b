package dev.sallyport.server.filter;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.revocation.Revocations;
import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.RequestHandler;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.TunnelEnd;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends watches, tunnels and other answers that last together with the credential that opened them:
 * when it expires, and as soon as it is called in. Stands right behind authentication.
 */
public final class LiveAnswers implements Filter {
  private static final Logger LOG = LoggerFactory.getLogger(LiveAnswers.class);

  private final Set<LiveAnswer> open = ConcurrentHashMap.newKeySet();
  private final Revocations revocations;
  private final Clock clock;

  public LiveAnswers(Revocations revocations, Clock clock) {
    this.revocations = revocations;
    this.clock = clock;
    revocations.onChange(() -> open.forEach(this::cutIfRevoked));
  }

  @Override
  public Answer<Response> apply(RequestContext context, RequestHandler next) {
    Answer<Response> answer = next.handle(context);
    if (answer instanceof Answer.Now<Response> now && now.value() instanceof Response.Buffered) {
      return answer;
    }
    return answer.map(
        response -> response.watched(stream -> new LiveAnswer(this, context, stream).follow()));
  }

  /** Looks once more: what was called in since authentication did not find this answer yet. */
  void opened(LiveAnswer answer) {
    open.add(answer);
    cutIfRevoked(answer);
  }

  void closed(LiveAnswer answer) {
    open.remove(answer);
  }

  long millisUntil(long time) {
    return Math.max(0, time - clock.millis() + 1);
  }

  private void cutIfRevoked(LiveAnswer answer) {
    RequestContext context = answer.context();
    UserInfo impersonator = context.impersonator();
    @Nullable String refusal =
        revocations.refusal(
            impersonator == null ? context.user() : impersonator, context.credential());
    if (refusal != null) {
      answer.cut(TunnelEnd.REVOKED, refusal);
    }
  }

  static void told(RequestContext context, String reason) {
    LOG.info(
        "Ended {} {} of {}, auditID {}: {}",
        context.info().verb(),
        context.request().path(),
        context.user().name(),
        context.auditId(),
        reason);
  }
}
