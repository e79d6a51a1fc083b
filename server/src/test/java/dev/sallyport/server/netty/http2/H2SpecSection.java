package dev.sallyport.server.netty.http2;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.netty.TestServer;
import dev.sallyport.server.netty.http2.H2Client.Frame;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What one section of the protocol asks of a server: a connection for each question, on which
 * frames are sent by hand. A subclass lists the {@code questions()}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7540">RFC 7540, whose sections are meant</a>
 */
abstract class H2SpecSection {

  static final int PADDED = 8;
  static final int PRIORITIZED = 0x20;
  static final int PUSH_PROMISE = 5;

  static final int PROTOCOL_ERROR = 1;
  static final int FLOW_CONTROL_ERROR = 3;
  static final int STREAM_CLOSED = 5;
  static final int FRAME_SIZE_ERROR = 6;
  static final int REFUSED_STREAM = 7;
  static final int COMPRESSION_ERROR = 9;

  static final byte[] GET = H2Client.block(H2Client.request("GET", "/a"));
  static final byte[] POST = H2Client.block(H2Client.request("POST", "/a"));

  private static TestServer server;

  /** What is sent and what must come. */
  interface Play {
    void on(H2Client client) throws Exception;
  }

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start(H2SpecSection::handle);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static Answer<Response> handle(Request request) {
    if (request.path().equals("/never")) {
      return Answer.later(new CompletableFuture<>());
    }
    return request.body().read(3 << 20).map(body -> TestServer.text(200, "answer\n"));
  }

  static int port() {
    return server.port();
  }

  static Arguments question(String name, Play play) {
    return Arguments.of(name, play);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("questions")
  void answers(String question, Play play) throws Exception {
    try (H2Client client = new H2Client(server.port())) {
      play.on(client);
    }
  }

  /** The connection ends with one of the codes. */
  static void connectionError(H2Client client, int... codes) throws Exception {
    int code = client.flush().awaitGoAway();
    assertTrue(Arrays.stream(codes).anyMatch(each -> each == code), "code " + code);
    client.awaitClose();
  }

  /** The stream or the connection ends with one of the codes. */
  static void streamError(H2Client client, int stream, int... codes) throws Exception {
    Frame end =
        client
            .flush()
            .await(
                frame ->
                    frame.type() == H2Client.GOAWAY
                        || frame.type() == H2Client.RST_STREAM && frame.stream() == stream);
    assertTrue(
        Arrays.stream(codes).anyMatch(each -> each == end.code()),
        "type " + end.type() + ", code " + end.code());
  }

  /** The request is answered to its end. */
  static void answered(H2Client client, int stream) throws Exception {
    client.flush().await(frame -> frame.stream() == stream && frame.ends() && frame.type() <= 1);
  }

  /** The connection lives. */
  static void alive(H2Client client) throws Exception {
    byte[] data = {1, 2, 3, 4, 5, 6, 7, 8};
    client.frame(H2Client.PING, 0, 0, data).flush();
    client.await(
        frame ->
            frame.type() == H2Client.PING
                && frame.flags() == 1
                && Arrays.equals(frame.payload(), data));
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static byte[] setting(int identifier, int value) {
    return join(bytes(identifier >> 8, identifier), H2Client.int32(value));
  }

  static H2Client headers(H2Client to, int stream, int flags, byte[]... parts) {
    return to.frame(H2Client.HEADERS, flags, stream, join(parts));
  }
}
