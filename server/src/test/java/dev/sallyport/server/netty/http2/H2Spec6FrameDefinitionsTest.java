package dev.sallyport.server.netty.http2;

import static dev.sallyport.server.netty.http2.H2Client.CONTINUATION;
import static dev.sallyport.server.netty.http2.H2Client.DATA;
import static dev.sallyport.server.netty.http2.H2Client.END_HEADERS;
import static dev.sallyport.server.netty.http2.H2Client.END_STREAM;
import static dev.sallyport.server.netty.http2.H2Client.GOAWAY;
import static dev.sallyport.server.netty.http2.H2Client.PING;
import static dev.sallyport.server.netty.http2.H2Client.PRIORITY;
import static dev.sallyport.server.netty.http2.H2Client.RST_STREAM;
import static dev.sallyport.server.netty.http2.H2Client.SETTINGS;
import static dev.sallyport.server.netty.http2.H2Client.WINDOW_UPDATE;
import static dev.sallyport.server.netty.http2.H2Client.int32;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Section 6: each frame by itself. */
final class H2Spec6FrameDefinitionsTest extends H2SpecSection {

  private static final int WHOLE = END_HEADERS | END_STREAM;
  private static final byte[] MORE = H2Client.block("x", "y");

  static Stream<Arguments> questions() {
    return Stream.of(dataAndHeaders(), small(), settings(), windows(), continuations())
        .flatMap(each -> each);
  }

  private static Stream<Arguments> dataAndHeaders() {
    return Stream.of(
        question(
            "6.1 DATA on stream 0",
            client -> {
              headers(client, 1, END_HEADERS, POST).frame(DATA, END_STREAM, 0, new byte[4]);
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "6.1 DATA on a stream that is not open",
            client -> {
              client.get(1, "/never").frame(DATA, END_STREAM, 1, new byte[4]);
              streamError(client, 1, STREAM_CLOSED);
            }),
        question(
            "6.1 DATA with too much padding",
            client -> {
              headers(client, 1, END_HEADERS, POST);
              client.frame(DATA, END_STREAM | PADDED, 1, bytes(6, 'T', 'e', 's', 't'));
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "6.1 DATA with padding is taken",
            client -> {
              headers(client, 1, END_HEADERS, POST);
              client.frame(DATA, END_STREAM | PADDED, 1, bytes(3, 'a', 0, 0, 0));
              answered(client, 1);
            }),
        question(
            "6.2 HEADERS and another frame than CONTINUATION",
            client -> {
              headers(client, 1, END_STREAM, GET).frame(PRIORITY, 0, 1, new byte[5]);
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "6.2 HEADERS and those of another stream",
            client -> {
              headers(client, 1, END_STREAM, GET);
              headers(client, 3, WHOLE, GET);
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "6.2 HEADERS on stream 0",
            client -> {
              headers(client, 0, WHOLE, GET);
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "6.2 HEADERS with too much padding",
            client -> {
              headers(client, 1, WHOLE | PADDED, bytes(GET.length + 1), GET);
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "6.2 HEADERS with padding and priority are taken",
            client -> {
              headers(
                  client,
                  1,
                  WHOLE | PADDED | PRIORITIZED,
                  bytes(2, 0, 0, 0, 0, 9),
                  GET,
                  bytes(0, 0));
              answered(client, 1);
            }));
  }

  private static Stream<Arguments> small() {
    return Stream.of(
        question(
            "6.3 PRIORITY on stream 0",
            client -> {
              client.frame(PRIORITY, 0, 0, new byte[5]);
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "6.3 PRIORITY of four bytes",
            client -> {
              client.get(1, "/never").frame(PRIORITY, 0, 1, new byte[4]);
              streamError(client, 1, FRAME_SIZE_ERROR);
            }),
        question(
            "6.4 RST_STREAM on stream 0",
            client -> {
              client.frame(RST_STREAM, 0, 0, int32(8));
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "6.4 RST_STREAM on an idle stream",
            client -> {
              client.frame(RST_STREAM, 0, 1, int32(8));
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "6.4 RST_STREAM of three bytes",
            client -> {
              client.get(1, "/never").frame(RST_STREAM, 0, 1, new byte[3]);
              connectionError(client, FRAME_SIZE_ERROR);
            }),
        question("6.7 PING is answered", H2SpecSection::alive),
        question(
            "6.7 PING's answer is not answered",
            client -> {
              client.frame(PING, 1, 0, bytes(9, 9, 9, 9, 9, 9, 9, 9));
              client.frame(PING, 0, 0, new byte[8]).flush();
              assertArrayEquals(new byte[8], client.await(frame -> frame.type() == PING).payload());
            }),
        question(
            "6.7 PING on a stream",
            client -> {
              client.frame(PING, 0, 1, new byte[8]);
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "6.7 PING of six bytes",
            client -> {
              client.frame(PING, 0, 0, new byte[6]);
              connectionError(client, FRAME_SIZE_ERROR);
            }),
        question(
            "6.8 GOAWAY on a stream",
            client -> {
              client.frame(GOAWAY, 0, 1, new byte[8]);
              connectionError(client, PROTOCOL_ERROR);
            }));
  }

  private static Stream<Arguments> settings() {
    return Stream.of(
        question(
            "6.5 an acknowledgement with a payload",
            client -> {
              client.frame(SETTINGS, 1, 0, new byte[1]);
              connectionError(client, FRAME_SIZE_ERROR);
            }),
        question(
            "6.5 SETTINGS on a stream",
            client -> {
              client.frame(SETTINGS, 0, 1, setting(3, 100));
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "6.5 SETTINGS of three bytes",
            client -> {
              client.frame(SETTINGS, 0, 0, new byte[3]);
              connectionError(client, FRAME_SIZE_ERROR);
            }),
        question(
            "6.5.2 ENABLE_PUSH of 2",
            client -> {
              client.frame(SETTINGS, 0, 0, setting(2, 2));
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "6.5.2 INITIAL_WINDOW_SIZE beyond the most",
            client -> {
              client.frame(SETTINGS, 0, 0, setting(4, 0x80000000));
              connectionError(client, FLOW_CONTROL_ERROR);
            }),
        question(
            "6.5.2 MAX_FRAME_SIZE below the least",
            client -> {
              client.frame(SETTINGS, 0, 0, setting(5, (1 << 14) - 1));
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "6.5.2 MAX_FRAME_SIZE beyond the most",
            client -> {
              client.frame(SETTINGS, 0, 0, setting(5, 1 << 24));
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "6.5.2 an unknown setting is ignored",
            client -> {
              client.frame(SETTINGS, 0, 0, setting(0xff, 1));
              alive(client);
            }),
        question(
            "6.5.3 the last value of a setting counts",
            client -> {
              client
                  .frame(SETTINGS, 0, 0, join(setting(4, 100), setting(4, 1)))
                  .get(1, "/a")
                  .flush();
              assertEquals(1, client.await(DATA, 1).payload().length);
            }),
        question(
            "6.5.3 SETTINGS are acknowledged",
            client -> {
              client.frame(SETTINGS, 0, 0, new byte[0]).flush();
              client.await(frame -> frame.type() == SETTINGS && frame.flags() == 1);
            }));
  }

  private static Stream<Arguments> windows() {
    return Stream.of(
        question(
            "6.9 WINDOW_UPDATE of nothing",
            client -> {
              client.frame(WINDOW_UPDATE, 0, 0, int32(0));
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "6.9 WINDOW_UPDATE of nothing on a stream",
            client -> {
              client.get(1, "/never").frame(WINDOW_UPDATE, 0, 1, int32(0));
              streamError(client, 1, PROTOCOL_ERROR);
            }),
        question(
            "6.9 WINDOW_UPDATE of three bytes",
            client -> {
              client.frame(WINDOW_UPDATE, 0, 0, new byte[3]);
              connectionError(client, FRAME_SIZE_ERROR);
            }),
        question(
            "6.9.1 a window of one byte",
            client -> {
              client.frame(SETTINGS, 0, 0, setting(4, 1)).get(1, "/a").flush();
              assertEquals(1, client.await(DATA, 1).payload().length);
            }),
        question(
            "6.9.1 a connection's window beyond the most",
            client -> {
              client.frame(WINDOW_UPDATE, 0, 0, int32(Integer.MAX_VALUE));
              client.frame(WINDOW_UPDATE, 0, 0, int32(Integer.MAX_VALUE));
              connectionError(client, FLOW_CONTROL_ERROR);
            }),
        question(
            "6.9.1 a stream's window beyond the most",
            client -> {
              client.get(1, "/never").frame(WINDOW_UPDATE, 0, 1, int32(Integer.MAX_VALUE));
              client.frame(WINDOW_UPDATE, 0, 1, int32(Integer.MAX_VALUE));
              streamError(client, 1, FLOW_CONTROL_ERROR);
            }),
        question(
            "6.9.2 a window that grows with the setting",
            client -> {
              client.frame(SETTINGS, 0, 0, setting(4, 0)).get(1, "/a").flush();
              client.await(H2Client.HEADERS, 1);
              client.frame(SETTINGS, 0, 0, setting(4, 1)).flush();
              assertEquals(1, client.await(DATA, 1).payload().length);
            }),
        question(
            "6.9.2 a window that the setting makes negative",
            client -> {
              client.frame(SETTINGS, 0, 0, setting(4, 3)).get(1, "/a").flush();
              assertEquals(3, client.await(DATA, 1).payload().length);
              client.frame(SETTINGS, 0, 0, setting(4, 2));
              client.frame(WINDOW_UPDATE, 0, 1, int32(2)).flush();
              assertEquals(1, client.await(DATA, 1).payload().length);
            }),
        question(
            "6.9.2 INITIAL_WINDOW_SIZE that overflows",
            client -> {
              client.frame(SETTINGS, 0, 0, setting(4, -1));
              connectionError(client, FLOW_CONTROL_ERROR);
            }));
  }

  private static Stream<Arguments> continuations() {
    return Stream.of(
        question(
            "6.10 several CONTINUATION frames are taken",
            client -> {
              headers(client, 1, END_STREAM, GET).frame(CONTINUATION, 0, 1, MORE);
              client.frame(CONTINUATION, END_HEADERS, 1, MORE);
              answered(client, 1);
            }),
        question(
            "6.10 CONTINUATION and another frame",
            client -> {
              headers(client, 1, END_STREAM, GET).frame(CONTINUATION, 0, 1, MORE);
              client.frame(DATA, END_STREAM, 1, new byte[4]);
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "6.10 CONTINUATION on stream 0",
            client -> {
              headers(client, 1, END_STREAM, GET).frame(CONTINUATION, END_HEADERS, 0, MORE);
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "6.10 CONTINUATION behind HEADERS that ended",
            client -> {
              headers(client, 1, END_HEADERS, POST).frame(CONTINUATION, END_HEADERS, 1, MORE);
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "6.10 CONTINUATION behind CONTINUATION that ended",
            client -> {
              headers(client, 1, 0, POST).frame(CONTINUATION, END_HEADERS, 1, MORE);
              client.frame(CONTINUATION, END_HEADERS, 1, MORE);
              connectionError(client, PROTOCOL_ERROR);
            }),
        question(
            "6.10 CONTINUATION behind DATA",
            client -> {
              headers(client, 1, END_HEADERS, POST).frame(DATA, 0, 1, new byte[4]);
              client.frame(CONTINUATION, END_HEADERS, 1, MORE);
              connectionError(client, PROTOCOL_ERROR);
            }));
  }
}
