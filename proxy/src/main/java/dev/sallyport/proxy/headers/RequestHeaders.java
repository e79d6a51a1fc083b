package dev.sallyport.proxy.headers;

import dev.sallyport.api.Headers;
import dev.sallyport.proxy.ClientOrigin;
import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamRequest;
import java.util.function.Supplier;

/**
 * The header lines of a request to a backend, but for those of its protocol: host, framing, and
 * what concerns the connection. Any thread.
 */
public final class RequestHeaders {

  private final String host;
  private final IdentityHeaders identity;
  private final Supplier<String> authorization;

  /**
   * @param host the backend's authority
   * @param authorization today's Authorization value for the backend, "" for none
   */
  public RequestHeaders(String host, IdentityHeaders identity, Supplier<String> authorization) {
    this.host = host;
    this.identity = identity;
    this.authorization = authorization;
  }

  /** The backend's authority: Host or :authority. */
  public String host() {
    return host;
  }

  /**
   * Writes the client's lines that pass, then our own.
   *
   * @throws UpstreamException when the caller's identity cannot be told; what was written so far
   *     must not be sent
   */
  public void write(UpstreamRequest request, HeaderSink out) throws UpstreamException {
    Headers headers = request.headers();
    ClientLines lines = new ClientLines(headers, identity, out);
    headers.forEach(lines);
    ClientOrigin origin = request.origin();
    String believed = origin.forwardedFor();
    out.add(
        "X-Forwarded-For",
        believed.isEmpty() ? lines.forwardedFor(request.clientAddress()) : believed);
    if (!origin.forwarded().isEmpty()) {
      out.add("Forwarded", origin.forwarded());
    }
    out.add("X-Forwarded-Proto", "https");
    if (!request.authority().isEmpty()) {
      out.add("X-Forwarded-Host", request.authority());
    }
    out.add("Via", lines.via(request.protocol()));
    identity.write(request.user(), request.clientAddress(), out);
    String ours = authorization.get();
    if (!ours.isEmpty()) {
      out.add("Authorization", ours);
    }
  }
}
