package dev.sallyport.server.netty.http2;

import static dev.sallyport.server.netty.http2.H2Client.DATA;
import static dev.sallyport.server.netty.http2.H2Client.END_HEADERS;
import static dev.sallyport.server.netty.http2.H2Client.END_STREAM;
import static dev.sallyport.server.netty.http2.H2Client.HEADERS;
import static dev.sallyport.server.netty.http2.H2Client.PING;
import static dev.sallyport.server.netty.http2.H2Client.PRIORITY;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Section 4: frames and header compression. */
final class H2Spec4FramesTest extends H2SpecSection {

  static Stream<Arguments> questions() {
    return Stream.of(
        question(
            "4.1 a frame of unknown type is ignored",
            client -> {
              client.frame(0x16, 0, 0, new byte[8]);
              alive(client);
            }),
        question(
            "4.1 an undefined flag is ignored",
            client -> {
              client.frame(PING, 0x16, 0, new byte[8]);
              alive(client);
            }),
        question(
            "4.1 the reserved bit is ignored",
            client -> {
              client.frame(PING, 0, 0x80000000, new byte[8]);
              alive(client);
            }),
        question(
            "4.2 a DATA frame of 2^14 bytes is taken",
            client -> {
              headers(client, 1, END_HEADERS, POST).frame(DATA, END_STREAM, 1, new byte[1 << 14]);
              answered(client, 1);
            }),
        question(
            "4.2 a DATA frame beyond the limit",
            client -> {
              headers(client, 1, END_HEADERS, POST)
                  .frame(DATA, END_STREAM, 1, new byte[(1 << 14) + 1]);
              streamError(client, 1, FRAME_SIZE_ERROR);
            }),
        question(
            "4.2 a HEADERS frame beyond the limit",
            client -> {
              headers(client, 1, END_HEADERS | END_STREAM, GET, new byte[1 << 14]);
              connectionError(client, FRAME_SIZE_ERROR);
            }),
        question(
            "4.3 an invalid header block",
            client -> {
              // A literal whose name is longer than the block.
              headers(client, 1, END_HEADERS | END_STREAM, bytes(0x00, 0x7f, 0xff, 0xff, 0x01));
              connectionError(client, COMPRESSION_ERROR);
            }),
        question(
            "4.3 PRIORITY amid a header block",
            client -> {
              headers(client, 1, END_STREAM, GET).frame(PRIORITY, 0, 1, new byte[5]);
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "4.3 another stream's HEADERS amid a header block",
            client -> {
              headers(client, 1, END_STREAM, GET).frame(HEADERS, END_HEADERS | END_STREAM, 3, GET);
              connectionError(client, PROTOCOL_ERROR);
            }));
  }
}
