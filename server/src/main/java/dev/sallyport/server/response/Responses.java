package dev.sallyport.server.response;

import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Answers in their simplest forms, with the headers that every answer has. */
public final class Responses {

  public static final String TEXT = "text/plain; charset=utf-8";

  private static final byte[] NOT_FOUND =
      "404 page not found\n".getBytes(StandardCharsets.US_ASCII);

  private Responses() {}

  /** Headers of an answer that nobody may keep. */
  public static ResponseHeaders headers(String contentType) {
    return new ResponseHeaders()
        .add("cache-control", "no-cache, private")
        .add("content-type", contentType);
  }

  /** Headers of an answer whose text must not be taken for anything else. */
  public static ResponseHeaders textHeaders() {
    return headers(TEXT).add("x-content-type-options", "nosniff");
  }

  public static Response.Buffered bytes(int status, String contentType, byte[] body) {
    return new Response.Buffered(status, headers(contentType), List.of(new Response.Segment(body)));
  }

  public static Response.Buffered text(int status, String body) {
    return text(status, body.getBytes(StandardCharsets.UTF_8));
  }

  /** A path that nobody serves: one of the few refusals that are no Status. */
  public static Response.Buffered pathNotFound() {
    return text(404, NOT_FOUND);
  }

  private static Response.Buffered text(int status, byte[] body) {
    return new Response.Buffered(status, textHeaders(), List.of(new Response.Segment(body)));
  }
}
