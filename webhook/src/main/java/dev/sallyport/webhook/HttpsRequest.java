package dev.sallyport.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One request and its bounds. Redirects are never followed: a 302 is an answer like any other.
 *
 * @param method GET or POST
 * @param url absolute, https; http is for servers on this very machine and has no bounds less
 * @param headers names and values, side by side; Host and Content-Length are added
 * @param authorization the Authorization header's value
 * @param body not copied, so nobody writes to it any more; empty for a GET
 * @param deadline for everything together: look-up, connecting, handshake, request and the last
 *     byte of the answer
 * @param answerLimit how many bytes the answer's body may have
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only sent
public record HttpsRequest(
    String method,
    URI url,
    List<String> headers,
    Optional<Secret> authorization,
    byte[] body,
    Duration deadline,
    int answerLimit) {

  /** Enough for every review and every key set in use. */
  public static final int USUAL_LIMIT = 1 << 20;

  public HttpsRequest {
    headers = List.copyOf(headers);
    if (headers.size() % 2 != 0) {
      throw new IllegalArgumentException("a header without a value");
    }
    if (url.getHost() == null || !(isTls(url) || "http".equalsIgnoreCase(url.getScheme()))) {
      throw new IllegalArgumentException("no https URL with a host");
    }
    if (deadline.isNegative() || deadline.isZero() || answerLimit < 0) {
      throw new IllegalArgumentException("bounds must be positive");
    }
  }

  /** Fetches a JSON document. */
  public static HttpsRequest get(URI url, Duration deadline, int answerLimit) {
    return new HttpsRequest(
        "GET",
        url,
        List.of("Accept", "application/json"),
        Optional.empty(),
        new byte[0],
        deadline,
        answerLimit);
  }

  /** Sends one JSON document and asks for another. */
  public static HttpsRequest postJson(
      URI url, Optional<Secret> authorization, byte[] body, Duration deadline, int answerLimit) {
    return new HttpsRequest(
        "POST",
        url,
        List.of("Accept", "application/json", "Content-Type", "application/json"),
        authorization,
        body,
        deadline,
        answerLimit);
  }

  public boolean tls() {
    return isTls(url);
  }

  private static boolean isTls(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  /** Without the body and the credential. */
  @Override
  public String toString() {
    String text = url.toString();
    int query = text.indexOf('?'); // may hold a secret
    return method + " " + (query < 0 ? text : text.substring(0, query));
  }
}
