package dev.sallyport.webhook.https;

import dev.sallyport.api.Answer;
import dev.sallyport.webhook.BodySink;
import dev.sallyport.webhook.CallException;
import dev.sallyport.webhook.CallException.Kind;
import dev.sallyport.webhook.HttpsCall;
import dev.sallyport.webhook.HttpsReply;
import dev.sallyport.webhook.HttpsRequest;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call from its sending to its end. All but {@link #answer} and {@link #cancel} is for the
 * event loop only.
 */
final class PendingCall implements HttpsCall {

  private final HttpsRequest request;
  private final @Nullable BodySink sink;
  private final EventLoop loop;
  private final CompletableFuture<HttpsReply> answer = new CompletableFuture<>();
  private @Nullable ScheduledFuture<?> timer;
  private @Nullable Runnable end;
  private @Nullable Connection connection;
  private boolean repeated;

  /**
   * @param sink where a successful answer's body goes; null: into the reply
   */
  PendingCall(HttpsRequest request, @Nullable BodySink sink, EventLoop loop) {
    this.request = request;
    this.sink = sink;
    this.loop = loop;
  }

  HttpsRequest request() {
    return request;
  }

  @Nullable BodySink sink() {
    return sink;
  }

  @Override
  public Answer<HttpsReply> answer() {
    return Answer.later(answer);
  }

  @Override
  public void cancel() {
    try {
      loop.execute(() -> fail(Kind.CANCELLED, "given up", null));
    } catch (RejectedExecutionException e) {
      // The connector is closed, which ended every call.
    }
  }

  /** Starts the clock. */
  void begin(Runnable atEnd) {
    end = atEnd;
    timer =
        loop.schedule(
            this::timeOut, Math.max(1, request.deadline().toNanos()), TimeUnit.NANOSECONDS);
  }

  boolean ended() {
    return answer.isDone();
  }

  /** The connection that serves this call now; the call's end before its answer closes it. */
  void servedBy(@Nullable Connection by) {
    connection = by;
  }

  /** Whether it may be sent a second time; only once true. */
  boolean repeat() {
    boolean first = !repeated;
    repeated = true;
    return first;
  }

  void complete(HttpsReply reply) {
    connection = null;
    if (settle()) {
      answer.complete(reply);
    }
  }

  void fail(Kind kind, String what, @Nullable Throwable cause) {
    if (!settle()) {
      return;
    }
    Connection serving = connection;
    connection = null;
    if (serving != null) {
      serving.abandon();
    }
    answer.completeExceptionally(new CallException(kind, request + ": " + what, cause));
  }

  private void timeOut() {
    fail(Kind.TIMED_OUT, "no whole answer within " + request.deadline().toMillis() + " ms", null);
  }

  /** True for whoever ends the call. */
  private boolean settle() {
    Runnable atEnd = end;
    if (answer.isDone()) {
      return false;
    }
    end = null;
    if (timer != null) {
      var unused = timer.cancel(false);
    }
    if (atEnd != null) {
      atEnd.run();
    }
    return true;
  }
}
