package dev.sallyport.authn.token.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.Answer;
import dev.sallyport.authn.token.jwt.KeySet;
import dev.sallyport.authn.token.jwt.StrictJson;
import dev.sallyport.config.IssuerUrl;
import dev.sallyport.webhook.HttpsClient;
import dev.sallyport.webhook.HttpsReply;
import dev.sallyport.webhook.HttpsRequest;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches an issuer's keys: its discovery document, then the key set that this names. Bounded in
 * time and size; a redirect is a fault like any other answer but 200.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata">OpenID
 *     Connect Discovery, 3</a>
 */
final class KeyFetch {

  /** Why there are no keys; told in the log. */
  static final class FetchException extends Exception {
    private static final long serialVersionUID = 1L;

    FetchException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }

    String fault() {
      return String.valueOf(getMessage());
    }
  }

  /** For each of the two documents, to its last byte. */
  static final Duration DEADLINE = Duration.ofSeconds(5);

  private static final int LARGEST = HttpsRequest.USUAL_LIMIT;

  private final KeyOrigin.Discovered origin;
  private final HttpsClient client;
  private final Duration deadline;
  private final Executor executor;

  /**
   * @param client for this issuer alone; closed with it
   * @param deadline for each document, to its last byte
   * @param executor where answers are read
   */
  KeyFetch(KeyOrigin.Discovered origin, HttpsClient client, Duration deadline, Executor executor) {
    this.origin = origin;
    this.client = client;
    this.deadline = deadline;
    this.executor = executor;
  }

  /** The keys; fails with a {@link FetchException}. Comes on the executor. */
  Answer<KeySet> keys() {
    return get(origin.document())
        .then(body -> attempt(() -> keySetUrl(body)))
        .then(this::get)
        .then(body -> attempt(() -> keySet(body)));
  }

  void close() {
    client.close();
  }

  private URI keySetUrl(byte[] document) throws FetchException {
    JsonNode metadata = StrictJson.object(document);
    if (metadata == null) {
      throw new FetchException(origin.document() + " answered no JSON object", null);
    }
    if (!StrictJson.text(metadata, "issuer").equals(origin.issuer())) {
      throw new FetchException(origin.document() + " speaks of another issuer", null);
    }
    String url = StrictJson.text(metadata, "jwks_uri");
    if (url.isEmpty() || hasFault(url)) {
      throw new FetchException(origin.document() + " names no https URL as jwks_uri", null);
    }
    return URI.create(url);
  }

  /** A query is allowed here, unlike in an issuer's own URL. */
  private static boolean hasFault(String url) {
    int query = url.indexOf('?');
    return IssuerUrl.expected(query < 0 ? url : url.substring(0, query)).isPresent();
  }

  private static KeySet keySet(byte[] body) throws FetchException {
    KeySet keys = KeySet.parse(body);
    if (keys == null) {
      throw new FetchException("the key set holds no key that can be used", null);
    }
    return keys;
  }

  private Answer<byte[]> get(URI url) {
    CompletableFuture<byte[]> body = new CompletableFuture<>();
    client
        .send(HttpsRequest.get(url, deadline, LARGEST))
        .answer()
        .whenDone((reply, failure) -> hop(body, () -> finish(body, url, reply, failure)));
    return Answer.later(body);
  }

  /** Off the client's thread; a server too busy for it has no answer. */
  private void hop(CompletableFuture<byte[]> body, Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      body.completeExceptionally(new FetchException("this server is too busy", e));
    }
  }

  private static void finish(
      CompletableFuture<byte[]> body,
      URI url,
      @Nullable HttpsReply reply,
      @Nullable Throwable failure) {
    if (reply != null && reply.status() == 200) {
      body.complete(reply.body());
      return;
    }
    String why = reply != null ? url + " answered " + reply.status() : message(failure);
    body.completeExceptionally(new FetchException(why, failure));
  }

  private static String message(@Nullable Throwable failure) {
    return failure == null ? "no answer" : String.valueOf(failure.getMessage());
  }

  private interface Step<T> {
    T take() throws FetchException;
  }

  private static <T> Answer<T> attempt(Step<T> step) {
    try {
      return Answer.now(step.take());
    } catch (FetchException | IllegalArgumentException e) {
      return Answer.failed(e);
    }
  }
}
