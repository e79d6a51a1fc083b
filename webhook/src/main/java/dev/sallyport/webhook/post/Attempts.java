package dev.sallyport.webhook.post;

import dev.sallyport.api.Answer;
import dev.sallyport.webhook.HttpsReply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The calls for one document, one after the other. */
final class Attempts {

  private final WebhookClient client;
  private final byte[] document;
  private final Duration perCall;
  private final Backoff backoff;
  private final Retry retry;
  private final long end;
  private final CompletableFuture<HttpsReply> answer = new CompletableFuture<>();
  private int made;

  Attempts(
      WebhookClient client,
      byte[] document,
      Duration perCall,
      Duration whole,
      Backoff backoff,
      Retry retry) {
    this.client = client;
    this.document = document;
    this.perCall = perCall;
    this.backoff = backoff;
    this.retry = retry;
    this.end = System.nanoTime() + whole.toNanos();
  }

  Answer<HttpsReply> begin() {
    next();
    return Answer.later(answer);
  }

  /** Calls never overlap, so the count needs no lock. */
  private void next() {
    made++;
    long left = Math.max(1, Math.min(perCall.toNanos(), end - System.nanoTime()));
    client.call(document, Duration.ofNanos(left)).whenDone(this::done);
  }

  private void done(@Nullable HttpsReply reply, @Nullable Throwable failure) {
    WebhookException fault = WebhookClient.fault(reply, failure);
    if (fault == null && reply != null) {
      answer.complete(reply);
      return;
    }
    WebhookException why = fault == null ? closed() : fault;
    long pause = backoff.pauseNanos(made);
    if (!again(why) || System.nanoTime() + pause >= end) {
      answer.completeExceptionally(why);
      return;
    }
    // The delaying thread only sends, which never blocks.
    CompletableFuture.delayedExecutor(pause, TimeUnit.NANOSECONDS, Runnable::run)
        .execute(this::next);
  }

  private boolean again(WebhookException fault) {
    return made < backoff.attempts()
        && fault.kind() != WebhookException.Kind.CANCELED
        && (retry == Retry.ALWAYS || fault.isTransient());
  }

  private static WebhookException closed() {
    return new WebhookException(WebhookException.Kind.ERROR, false, "no answer", null);
  }
}
