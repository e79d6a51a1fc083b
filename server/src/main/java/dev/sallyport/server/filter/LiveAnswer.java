package dev.sallyport.server.filter;

import dev.sallyport.authn.Credential;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.ResponseStream;
import dev.sallyport.server.http.StreamCut;
import dev.sallyport.server.http.TunnelEnd;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One answer that lasts, and whose credential opened it. */
final class LiveAnswer {
  private final LiveAnswers all;
  private final RequestContext context;
  private final ResponseStream stream;

  LiveAnswer(LiveAnswers all, RequestContext context, ResponseStream stream) {
    this.all = all;
    this.context = context;
    this.stream = stream;
  }

  /** On the event loop, before anything is written. */
  void follow() {
    all.opened(this);
    ScheduledFuture<?> end = scheduleEnd();
    stream.onClosed(
        () -> {
          all.closed(this);
          if (end != null) {
            end.cancel(false);
          }
        });
  }

  private @Nullable ScheduledFuture<?> scheduleEnd() {
    long expiry = context.credential().expiresAt();
    return expiry == Credential.NEVER
        ? null
        : context
            .request()
            .connection()
            .loop()
            .schedule(
                () -> cut(TunnelEnd.EXPIRED, "the credential has expired"),
                all.millisUntil(expiry),
                TimeUnit.MILLISECONDS);
  }

  RequestContext context() {
    return context;
  }

  /** Breaks the answer off, so that the client sees that it is not whole. Any thread. */
  void cut(TunnelEnd by, String reason) {
    stream.loop().execute(() -> stream.abort(new StreamCut(by, null)));
    LiveAnswers.told(context, reason);
  }
}
