package dev.sallyport.authz.upstream;

import dev.sallyport.config.reload.Watched;
import dev.sallyport.webhook.BodySink;
import dev.sallyport.webhook.HttpsCall;
import dev.sallyport.webhook.HttpsClient;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.HttpsRequest;
import dev.sallyport.webhook.WebhookTarget;
import java.time.Duration;
import java.util.List;

/** A kube-apiserver that is read with a credential of ours. Any thread. */
final class Cluster implements AutoCloseable {

  private static final List<String> HEADERS = List.of("Accept", "application/json");

  /** More than a page of roles ever has. */
  private static final int LARGEST = 64 << 20;

  /** A target and the client that trusts it. */
  private record Way(WebhookTarget target, HttpsClient client) {}

  private final HttpsConnector connector;
  private volatile Way way;

  Cluster(HttpsConnector connector, Watched<WebhookTarget> target) {
    this.connector = connector;
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

  HttpsCall get(String path, Duration deadline) {
    Way today = way;
    return today.client().send(request(today.target(), path, deadline));
  }

  HttpsCall stream(String path, Duration deadline, BodySink sink) {
    Way today = way;
    return today.client().stream(request(today.target(), path, deadline), sink);
  }

  private static HttpsRequest request(WebhookTarget target, String path, Duration deadline) {
    return new HttpsRequest(
        "GET",
        target.below(path).url(),
        HEADERS,
        target.authorization(),
        new byte[0],
        deadline,
        LARGEST);
  }

  @Override
  public void close() {
    way.client().close();
  }
}
