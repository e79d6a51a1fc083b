package dev.sallyport.server.filter;

import dev.sallyport.authn.Credential;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseStream;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One answer that lasts, and whose credential opened it. */
final class LiveAnswer implements Response.StreamWriter {
  private final LiveAnswers all;
  private final RequestContext context;
  private final Response.StreamWriter writer;
  private volatile @Nullable ResponseStream stream;

  LiveAnswer(LiveAnswers all, RequestContext context, Response.StreamWriter writer) {
    this.all = all;
    this.context = context;
    this.writer = writer;
  }

  @Override
  public void start(ResponseStream opened) {
    stream = opened;
    all.opened(this);
    ScheduledFuture<?> end = scheduleEnd();
    opened.onClosed(
        () -> {
          all.closed(this);
          if (end != null) {
            end.cancel(false);
          }
        });
    writer.start(opened);
  }

  @Override
  public void abandoned() {
    writer.abandoned();
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
                () -> cut("the credential has expired"),
                all.millisUntil(expiry),
                TimeUnit.MILLISECONDS);
  }

  RequestContext context() {
    return context;
  }

  /** Breaks the answer off, so that the client sees that it is not whole. Any thread. */
  void cut(String reason) {
    ResponseStream opened = stream;
    if (opened != null) {
      opened.loop().execute(() -> opened.abort(null));
      LiveAnswers.told(context, reason);
    }
  }
}
