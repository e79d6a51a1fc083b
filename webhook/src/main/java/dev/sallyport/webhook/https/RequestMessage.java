package dev.sallyport.webhook.https;

import dev.sallyport.webhook.HttpsRequest;
import dev.sallyport.webhook.Secret;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.util.List;

/** A request as the codec writes it. */
final class RequestMessage {

  private static final String AGENT = "sallyport";

  private RequestMessage() {}

  /**
   * @throws IllegalArgumentException when a header's value cannot stand in a header
   */
  static FullHttpRequest of(HttpsRequest request) {
    ByteBuf body = Unpooled.wrappedBuffer(request.body());
    FullHttpRequest message =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.valueOf(request.method()),
            target(request.url()),
            body);
    HttpHeaders headers = message.headers();
    headers.set(HttpHeaderNames.HOST, Origin.of(request).authority());
    headers.set(HttpHeaderNames.USER_AGENT, AGENT);
    List<String> lines = request.headers();
    for (int i = 0; i < lines.size(); i += 2) {
      headers.add(lines.get(i), lines.get(i + 1));
    }
    request.authorization().map(Secret::reveal).ifPresent(value -> authorize(headers, value));
    if (request.body().length > 0 || !request.method().equals("GET")) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, request.body().length);
    }
    return message;
  }

  private static void authorize(HttpHeaders headers, String value) {
    try {
      headers.set(HttpHeaderNames.AUTHORIZATION, value);
    } catch (IllegalArgumentException e) {
      // Without the cause, whose message shows the credential.
      throw new IllegalArgumentException("the credential cannot stand in a header");
    }
  }

  private static String target(URI url) {
    String path = url.getRawPath();
    String target = path == null || path.isEmpty() ? "/" : path;
    return url.getRawQuery() == null ? target : target + "?" + url.getRawQuery();
  }
}
