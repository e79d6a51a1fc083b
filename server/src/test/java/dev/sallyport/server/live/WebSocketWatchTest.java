package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.server.live.LiveServer.Reply;
import dev.sallyport.server.netty.RawClient;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watches as WebSockets, frame by frame. */
final class WebSocketWatchTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  @TempDir static Path folder;
  private static LiveServer server;

  @BeforeAll
  static void start() throws Exception {
    server = LiveServer.start(folder, "joe,joe,u1\n");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private record Frame(int opcode, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    int code() {
      return ByteBuffer.wrap(payload).getShort();
    }
  }

  private static RawClient open(String target, String... headers) throws Exception {
    RawClient client = new RawClient(server.port());
    String head = ask(client, target, "master", headers);
    assertTrue(head.startsWith("HTTP/1.1 101 "), head);
    assertTrue(head.contains("\r\nSec-Websocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), head);
    return client;
  }

  private static String ask(RawClient client, String target, String token, String... headers)
      throws IOException {
    StringBuilder request =
        new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ")
            .append(token)
            .append("\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n")
            .append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (String line : headers) {
      request.append(line).append("\r\n");
    }
    return client.send(request.append("\r\n").toString()).until("\r\n\r\n");
  }

  private static Frame next(RawClient client) throws IOException {
    DataInputStream in = new DataInputStream(client.in());
    int first = in.readUnsignedByte();
    assertEquals(0x80, first & 0xf0, "a whole message without extensions");
    int length = in.readUnsignedByte();
    length = length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length;
    return new Frame(first & 15, in.readNBytes(length));
  }

  private static JsonNode event(RawClient client) throws IOException {
    Frame frame = next(client);
    assertEquals(TEXT, frame.opcode());
    return MAPPER.readTree(frame.text());
  }

  /** What a client says, covered as it must be. */
  private static void say(RawClient client, int opcode, byte[] payload) throws IOException {
    byte[] mask = {1, 2, 3, 4};
    byte[] frame = new byte[6 + payload.length];
    frame[0] = (byte) (0x80 | opcode);
    frame[1] = (byte) (0x80 | payload.length);
    System.arraycopy(mask, 0, frame, 2, 4);
    for (int i = 0; i < payload.length; i++) {
      frame[6 + i] = (byte) (payload[i] ^ mask[i & 3]);
    }
    client.send(frame);
  }

  private static void create(String name) throws Exception {
    Reply made =
        server.json(
            "master",
            "POST",
            MAPS,
            "{'kind':'ConfigMap','apiVersion':'v1','metadata':{'name':'%s'}}".formatted(name));
    assertEquals(201, made.status(), made.body());
  }

  private static String watch(String name) {
    return MAPS + "?watch=true&fieldSelector=metadata.name%3D" + name;
  }

  @Test
  void everyEventIsAMessage() throws Exception {
    create("told");
    try (RawClient client = open(watch("told"))) {
      JsonNode first = event(client);
      assertEquals("ADDED", first.path("type").asText());
      assertEquals("told", first.path("object").path("metadata").path("name").asText());
      server.json("master", "PATCH", MAPS + "/told", "{'data':{'a':'b'}}");
      JsonNode second = event(client);
      assertEquals("MODIFIED", second.path("type").asText());
      assertEquals("b", second.path("object").path("data").path("a").asText());
      server.json("master", "DELETE", MAPS + "/told", "");
      assertEquals("DELETED", event(client).path("type").asText());
    }
  }

  @Test
  void aWatchWhoseTimeIsUpSaysGoodbye() throws Exception {
    try (RawClient client = open(watch("nobody") + "&timeoutSeconds=1")) {
      Frame last = next(client);
      assertEquals(CLOSE, last.opcode());
      assertEquals(1000, last.code());
      say(client, CLOSE, last.payload());
      assertEquals("", client.untilClosed());
    }
  }

  @Test
  void aGoodbyeIsAnsweredAndEndsTheWatch() throws Exception {
    try (RawClient client = open(watch("nobody"))) {
      say(client, CLOSE, new byte[] {3, (byte) 0xe8});
      assertEquals(CLOSE, next(client).opcode());
      assertEquals("", client.untilClosed());
    }
  }

  @Test
  void pingsAreAnsweredAndMessagesPassedOver() throws Exception {
    try (RawClient client = open(watch("nobody"))) {
      say(client, TEXT, "nobody listens".getBytes(StandardCharsets.US_ASCII));
      say(client, PING, new byte[] {1, 2, 3});
      Frame pong = next(client);
      assertEquals(PONG, pong.opcode(), () -> "closed with " + pong.code());
      assertArrayEquals(new byte[] {1, 2, 3}, pong.payload());
    }
  }

  @Test
  void aClientThatDoesNotMaskIsSentAway() throws Exception {
    try (RawClient client = open(watch("nobody"))) {
      client.send(new byte[] {(byte) 0x81, 5, 'h', 'e', 'l', 'l', 'o'});
      Frame last = next(client);
      assertEquals(CLOSE, last.opcode());
      assertEquals(1002, last.code());
    }
  }

  @Test
  void theFirstSubprotocolIsTaken() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      String head =
          ask(client, watch("nobody"), "master", "Sec-WebSocket-Protocol: one.k8s.io, two");
      assertTrue(head.contains("\r\nSec-Websocket-Protocol: one.k8s.io\r\n"), head);
    }
  }

  @Test
  void protobufComesInBinaryMessages() throws Exception {
    create("packed");
    try (RawClient client =
        open(watch("packed"), "Accept: application/vnd.kubernetes.protobuf;stream=watch")) {
      Frame first = next(client);
      assertEquals(BINARY, first.opcode());
      assertEquals("\n\005ADDED", first.text().substring(0, 7));
    }
  }

  @Test
  void whatIsRefusedIsAnOrdinaryAnswer() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      assertTrue(ask(client, watch("x"), "joe").startsWith("HTTP/1.1 403 "));
    }
    try (RawClient client = new RawClient(server.port())) {
      String head = ask(client, MAPS + "?watch=true&resourceVersion=" + Long.MAX_VALUE, "master");
      assertTrue(head.startsWith("HTTP/1.1 504 "), head);
    }
    Reply noKey =
        server.get(
            watch("x"),
            "Authorization: Bearer master",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13");
    assertEquals(400, noKey.status(), noKey.body());
  }

  @Test
  void aListIsNoWatchHoweverItIsAskedFor() throws Exception {
    Reply list =
        server.get(
            MAPS,
            "Authorization: Bearer master",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    assertEquals(200, list.status());
    assertFalse(list.body().isEmpty());
  }
}
