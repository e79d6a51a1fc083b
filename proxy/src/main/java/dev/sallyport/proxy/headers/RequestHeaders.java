package dev.sallyport.proxy.headers;

import dev.sallyport.api.Headers;
import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** The headers of a request to a backend. Any thread. */
public final class RequestHeaders {

  private final String host;
  private final IdentityHeaders identity;
  private final Supplier<String> token;

  /**
   * @param host the backend's authority
   * @param token today's bearer token for the backend, "" for none
   */
  public RequestHeaders(String host, IdentityHeaders identity, Supplier<String> token) {
    this.host = host;
    this.identity = identity;
    this.token = token;
  }

  /**
   * @throws UpstreamException when the caller's identity cannot be told
   */
  public HttpHeaders of(UpstreamRequest request) throws UpstreamException {
    HttpHeaders out = DefaultHttpHeadersFactory.headersFactory().newHeaders();
    out.add(HttpHeaderNames.HOST, host);
    copy(request.headers(), out);
    forwarded(request, out);
    identity.write(request.user(), out);
    String bearer = token.get();
    if (!bearer.isEmpty()) {
      out.add(HttpHeaderNames.AUTHORIZATION, "Bearer " + bearer);
    }
    if (request.bodyLength() > 0 || request.bodyLength() == 0 && mayCarryBody(request.method())) {
      out.add(HttpHeaderNames.CONTENT_LENGTH, Long.toString(request.bodyLength()));
    } else if (request.bodyLength() < 0) {
      out.add(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
    }
    return out;
  }

  private static boolean mayCarryBody(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }

  private static void copy(Headers headers, HttpHeaders out) {
    Set<String> named = namedByConnection(headers.all("connection"));
    headers.forEach(
        (name, value) -> {
          if (PassedHeaders.passes(name)
              && (named.isEmpty() || !named.contains(name.toLowerCase(Locale.ROOT)))) {
            out.add(name, bytes(value));
          }
        });
  }

  private static Set<String> namedByConnection(List<String> lists) {
    if (lists.isEmpty()) {
      return Set.of();
    }
    Set<String> names = new HashSet<>();
    for (String list : lists) {
      for (String name : list.split(",", -1)) {
        names.add(name.trim().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  /** The client's text was UTF-8 or ASCII; Netty writes one byte per character. */
  private static String bytes(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) >= 0x80) {
        return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      }
    }
    return value;
  }

  /** What earlier proxies said of themselves is kept, in front of what is known here. */
  private static void forwarded(UpstreamRequest request, HttpHeaders out) {
    out.add("X-Forwarded-For", joined(request, "x-forwarded-for", request.clientAddress()));
    out.add("X-Forwarded-Proto", "https");
    if (!request.authority().isEmpty()) {
      out.add("X-Forwarded-Host", request.authority());
    }
    out.add("Via", joined(request, "via", request.protocol() + " sallyport"));
  }

  private static String joined(UpstreamRequest request, String name, String own) {
    List<String> before = request.headers().all(name);
    return before.isEmpty() ? own : bytes(String.join(", ", before)) + ", " + own;
  }
}
