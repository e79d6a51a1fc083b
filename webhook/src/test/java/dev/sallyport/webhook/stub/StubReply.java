package dev.sallyport.webhook.stub;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a reply, well formed or not; an IOException closes the connection. */
@FunctionalInterface
public interface StubReply {

  void write(StubRequest request, OutputStream out) throws IOException;

  /** A whole JSON document. */
  static StubReply json(int status, String body) {
    return (request, out) -> whole(out, status, "application/json", body);
  }

  /** Bytes as they are. */
  static StubReply raw(String bytes) {
    return (request, out) -> out.write(bytes.getBytes(StandardCharsets.UTF_8));
  }

  static void whole(OutputStream out, int status, String type, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 %d X\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(status, type, bytes.length);
    out.write(head.getBytes(StandardCharsets.UTF_8));
    out.write(bytes);
  }
}
