package dev.sallyport.server.netty.http2;

import static dev.sallyport.server.netty.http2.H2Client.GOAWAY;
import static dev.sallyport.server.netty.http2.H2Client.RST_STREAM;
import static dev.sallyport.server.netty.http2.H2Client.int32;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Section 7: error codes nobody knows. */
final class H2Spec7ErrorCodesTest extends H2SpecSection {

  static Stream<Arguments> questions() {
    return Stream.of(
        question(
            "7 GOAWAY with an unknown code: PING is answered or the connection closed",
            client -> {
              client.frame(GOAWAY, 0, 0, join(int32(0), int32(0xff)));
              try {
                alive(client);
              } catch (IOException closed) {
                client.awaitClose();
              }
            }),
        question(
            "7 RST_STREAM with an unknown code",
            client -> {
              client.get(1, "/never").frame(RST_STREAM, 0, 1, int32(0xff));
              alive(client);
            }));
  }
}
