package dev.sallyport.server.netty.http2;

import static dev.sallyport.server.netty.http2.H2Client.CONTINUATION;
import static dev.sallyport.server.netty.http2.H2Client.DATA;
import static dev.sallyport.server.netty.http2.H2Client.END_HEADERS;
import static dev.sallyport.server.netty.http2.H2Client.END_STREAM;
import static dev.sallyport.server.netty.http2.H2Client.PING;
import static dev.sallyport.server.netty.http2.H2Client.PRIORITY;
import static dev.sallyport.server.netty.http2.H2Client.RST_STREAM;
import static dev.sallyport.server.netty.http2.H2Client.WINDOW_UPDATE;
import static dev.sallyport.server.netty.http2.H2Client.int32;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Section 5: streams and what may come on them in which state. */
final class H2Spec5StreamsTest extends H2SpecSection {

  private static final int WHOLE = END_HEADERS | END_STREAM;
  private static final byte[] MORE = H2Client.block("x", "y");

  static Stream<Arguments> questions() {
    return Stream.concat(states(), others());
  }

  private static Stream<Arguments> states() {
    return Stream.of(
        question(
            "5.1 idle: DATA",
            client -> {
              client.frame(DATA, END_STREAM, 1, new byte[4]);
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "5.1 idle: RST_STREAM",
            client -> {
              client.frame(RST_STREAM, 0, 1, int32(8));
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "5.1 idle: WINDOW_UPDATE",
            client -> {
              client.frame(WINDOW_UPDATE, 0, 1, int32(100));
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "5.1 idle: CONTINUATION",
            client -> {
              client.frame(CONTINUATION, END_HEADERS, 1, GET);
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "5.1 idle: PRIORITY is taken",
            client -> {
              client.frame(PRIORITY, 0, 1, bytes(0, 0, 0, 0, 9)).get(1, "/a");
              answered(client, 1);
            }),
        question(
            "5.1 half closed (remote): DATA",
            client -> {
              client.get(1, "/never").frame(DATA, END_STREAM, 1, new byte[4]);
              streamError(client, 1, STREAM_CLOSED);
            }),
        question(
            "5.1 half closed (remote): HEADERS",
            client -> {
              client.get(1, "/never");
              headers(client, 1, WHOLE, GET);
              streamError(client, 1, STREAM_CLOSED);
            }),
        question(
            "5.1 half closed (remote): CONTINUATION",
            client -> {
              client.get(1, "/never").frame(CONTINUATION, END_HEADERS, 1, MORE);
              streamError(client, 1, STREAM_CLOSED, PROTOCOL_ERROR);
            }),
        question(
            "5.1 half closed (remote): WINDOW_UPDATE, PRIORITY and RST_STREAM are taken",
            client -> {
              client.get(1, "/never").frame(WINDOW_UPDATE, 0, 1, int32(10));
              client.frame(PRIORITY, 0, 1, bytes(0, 0, 0, 0, 9));
              client.frame(RST_STREAM, 0, 1, int32(8));
              alive(client);
            }),
        question(
            "5.1 closed: DATA after RST_STREAM",
            client -> {
              headers(client, 1, END_HEADERS, POST).frame(RST_STREAM, 0, 1, int32(8));
              client.frame(DATA, END_STREAM, 1, new byte[4]);
              streamError(client, 1, STREAM_CLOSED);
            }),
        question(
            "5.1 closed: HEADERS after RST_STREAM",
            client -> {
              headers(client, 1, END_HEADERS, POST).frame(RST_STREAM, 0, 1, int32(8));
              headers(client, 1, WHOLE, GET);
              streamError(client, 1, STREAM_CLOSED);
            }),
        question(
            "5.1 closed: CONTINUATION after RST_STREAM",
            client -> {
              headers(client, 1, END_HEADERS, POST).frame(RST_STREAM, 0, 1, int32(8));
              client.frame(CONTINUATION, END_HEADERS, 1, MORE);
              streamError(client, 1, STREAM_CLOSED, PROTOCOL_ERROR);
            }),
        question(
            "5.1 closed: DATA",
            client -> {
              client.get(1, "/a");
              answered(client, 1);
              client.frame(DATA, END_STREAM, 1, new byte[4]);
              connectionError(client, STREAM_CLOSED);
            }),
        question(
            "5.1 closed: HEADERS",
            client -> {
              client.get(1, "/a");
              answered(client, 1);
              headers(client, 1, WHOLE, GET);
              connectionError(client, STREAM_CLOSED);
            }),
        question(
            "5.1 closed: CONTINUATION",
            client -> {
              client.get(1, "/a");
              answered(client, 1);
              client.frame(CONTINUATION, END_HEADERS, 1, MORE);
              connectionError(client, STREAM_CLOSED, PROTOCOL_ERROR);
            }),
        question(
            "5.1 closed: PRIORITY is taken",
            client -> {
              client.get(1, "/a");
              answered(client, 1);
              client.frame(PRIORITY, 0, 1, bytes(0, 0, 0, 0, 9));
              alive(client);
            }));
  }

  private static Stream<Arguments> others() {
    return Stream.of(
        question(
            "5.1.1 an even stream",
            client -> {
              client.get(2, "/a");
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "5.1.1 a smaller stream than before",
            client -> {
              client.get(5, "/never").get(3, "/a");
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "5.1.2 one stream too many",
            client -> {
              for (int i = 0; i <= 100; i++) {
                client.get(2 * i + 1, "/never");
              }
              streamError(client, 201, REFUSED_STREAM, PROTOCOL_ERROR);
            }),
        question(
            "5.3.1 HEADERS that depend on their own stream",
            client -> {
              headers(client, 1, WHOLE | PRIORITIZED, bytes(0, 0, 0, 1, 9), GET);
              streamError(client, 1, PROTOCOL_ERROR);
            }),
        question(
            "5.3.1 PRIORITY that depends on its own stream",
            client -> {
              client.frame(PRIORITY, 0, 1, bytes(0, 0, 0, 1, 9));
              streamError(client, 1, PROTOCOL_ERROR);
            }),
        question(
            "5.4.1 a connection error closes the connection",
            client -> {
              client.frame(PING, 0, 3, new byte[8]);
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "5.5 an unknown frame between others is ignored",
            client -> {
              client.frame(0xff, 0, 0, new byte[8]);
              alive(client);
            }),
        question(
            "5.5 an unknown frame amid a header block",
            client -> {
              headers(client, 1, END_STREAM, GET).frame(0xff, 0, 1, new byte[8]);
              client.frame(CONTINUATION, END_HEADERS, 1, MORE);
              connectionError(client, PROTOCOL_ERROR);
            }));
  }
}
