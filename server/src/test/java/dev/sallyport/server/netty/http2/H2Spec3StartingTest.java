package dev.sallyport.server.netty.http2;

import dev.sallyport.server.netty.RawClient;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/** Section 3: how a connection begins. */
final class H2Spec3StartingTest extends H2SpecSection {

  static Stream<Arguments> questions() {
    return Stream.of(
        question(
            "3.5 the server's preface is a SETTINGS frame",
            client -> {
              if (client.read().type() != H2Client.SETTINGS) {
                throw new AssertionError("another frame came first");
              }
            }),
        question(
            "3.5 a client's preface is followed by service",
            client -> {
              client.get(1, "/a");
              answered(client, 1);
            }));
  }

  @Test
  void invalidPrefaceEndsTheConnection() throws Exception {
    try (RawClient client = new RawClient(port(), "h2")) {
      client.send("INVALID CONNECTION PREFACE\r\n\r\n");
      client.untilClosed();
    }
  }
}
