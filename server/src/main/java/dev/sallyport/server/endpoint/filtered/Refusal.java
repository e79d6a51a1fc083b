package dev.sallyport.server.endpoint.filtered;

import dev.sallyport.api.Status;
import dev.sallyport.server.response.StatusJson;
import java.nio.charset.StandardCharsets;

/**
 * What is answered in place of the upstream.
 *
 * @param status of HTTP
 */
record Refusal(int status, byte[] body) {

  static Refusal of(Status status) {
    return new Refusal(status.code(), StatusJson.encode(status));
  }

  /** As the one event of a watch. */
  static Refusal event(Status status) {
    return new Refusal(200, frame(status));
  }

  /** A watch's last event. */
  static byte[] frame(Status status) {
    String json = new String(StatusJson.encode(status), StandardCharsets.UTF_8);
    return ("{\"type\":\"ERROR\",\"object\":" + json + "}\n").getBytes(StandardCharsets.UTF_8);
  }
}
