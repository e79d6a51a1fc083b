package dev.sallyport.webhook.post;

import dev.sallyport.api.Answer;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.webhook.CallException;
import dev.sallyport.webhook.HttpsClient;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.HttpsReply;
import dev.sallyport.webhook.HttpsRequest;
import dev.sallyport.webhook.WebhookTarget;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Posts JSON documents to the server of a kubeconfig file, over new connections when that file has
 * changed. For any thread; nothing blocks.
 */
public final class WebhookClient implements AutoCloseable {

  /** A target and the client that trusts it. */
  private record Way(WebhookTarget target, HttpsClient client) {}

  private final HttpsConnector connector;
  private final Backoff backoff;
  private final Retry retry;
  private volatile Way way;

  public WebhookClient(
      HttpsConnector connector, Watched<WebhookTarget> target, Backoff backoff, Retry retry) {
    this.connector = connector;
    this.backoff = backoff;
    this.retry = retry;
    this.way = way(target.current());
    target.onChange(this::replace);
  }

  private Way way(WebhookTarget target) {
    return new Way(target, connector.client(target.peer()));
  }

  private void replace(WebhookTarget target) {
    Way old = way;
    way = way(target);
    old.client().close();
  }

  /**
   * Posts a document until it is taken, or the last failure stands.
   *
   * @param perCall how long one call may take
   * @param whole how long all calls and the pauses between them may take
   * @return a 2xx answer; fails with a {@link WebhookException} and with nothing else. It comes on
   *     the client's thread: do little there, or hop
   */
  public Answer<HttpsReply> post(byte[] document, Duration perCall, Duration whole) {
    return new Attempts(this, document, perCall, whole, backoff, retry).begin();
  }

  /** One call, no matter how it ends. */
  Answer<HttpsReply> call(byte[] document, Duration deadline) {
    Way today = way;
    return today
        .client()
        .send(
            HttpsRequest.postJson(
                today.target().url(),
                today.target().authorization(),
                document,
                deadline,
                HttpsRequest.USUAL_LIMIT))
        .answer();
  }

  static @Nullable WebhookException fault(@Nullable HttpsReply reply, @Nullable Throwable failure) {
    if (reply != null) {
      return reply.successful() ? null : ServerFault.of(reply);
    }
    CallException.Kind kind =
        failure instanceof CallException call ? call.kind() : CallException.Kind.BROKEN;
    return new WebhookException(
        switch (kind) {
          case TIMED_OUT -> WebhookException.Kind.TIMEOUT;
          case CANCELLED -> WebhookException.Kind.CANCELED;
          default -> WebhookException.Kind.ERROR;
        },
        kind == CallException.Kind.BROKEN,
        failure == null ? "no answer" : String.valueOf(failure.getMessage()),
        failure);
  }

  @Override
  public void close() {
    way.client().close();
  }
}
