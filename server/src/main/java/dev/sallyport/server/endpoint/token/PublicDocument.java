package dev.sallyport.server.endpoint.token;

import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseHeaders;
import java.util.List;

/** An answer that anybody may keep for an hour. */
final class PublicDocument {

  private PublicDocument() {}

  static Response of(String mediaType, byte[] body) {
    ResponseHeaders headers =
        new ResponseHeaders()
            .add("cache-control", "public, max-age=3600")
            .add("content-type", mediaType);
    return new Response.Buffered(200, headers, List.of(new Response.Segment(body)));
  }
}
