package dev.sallyport.server.netty.exchange;

import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Answers that the transport gives itself: bad framing, limits, a handler that broke. Everything
 * else is answered further in.
 */
public final class StatusResponse {

  private StatusResponse() {}

  /** The failure's own Status, else a 500 that does not tell what broke. */
  public static Response of(Throwable failure) {
    if (failure instanceof StatusException refusal) {
      return of(refusal.status());
    }
    return of(Status.internalError("the request could not be handled"));
  }

  public static Response of(Status status) {
    byte[] body = json(status).getBytes(StandardCharsets.UTF_8);
    ResponseHeaders headers =
        new ResponseHeaders()
            .add("cache-control", "no-cache, private")
            .add("content-type", "application/json")
            .add("x-content-type-options", "nosniff");
    return new Response.Buffered(status.code(), headers, List.of(new Response.Segment(body)));
  }

  /** A refusal outside the usual reasons: 408, 414, 417, 431, 501, 505. */
  public static StatusException refusal(int code, String reason, String message) {
    return new StatusException(new Status(code, reason, message, null));
  }

  public static StatusException badRequest(String message) {
    return refusal(400, Reason.BAD_REQUEST, message);
  }

  private static String json(Status status) {
    StringBuilder out = new StringBuilder(160);
    out.append(
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",");
    out.append("\"message\":");
    quote(out, status.message());
    out.append(",\"reason\":");
    quote(out, status.reason());
    return out.append(",\"code\":").append(status.code()).append("}\n").toString();
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c == '<' || c == '>' || c == '&') {
        out.append("\\u00").append(Character.forDigit(c >> 4, 16));
        out.append(Character.forDigit(c & 15, 16));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
