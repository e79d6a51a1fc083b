package dev.sallyport.server.netty.http2;

import static dev.sallyport.server.netty.http2.H2Client.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseHeaders;
import dev.sallyport.server.netty.TestServer;
import dev.sallyport.server.netty.TrailerEcho;
import dev.sallyport.server.netty.http2.H2Client.Frame;
import org.junit.jupiter.api.Test;

/** Fields behind a body in HTTP/2. */
final class TrailersTest {

  @Test
  void passBothWays() throws Exception {
    try (TestServer server = TestServer.start(new TrailerEcho("grpc-status", "0"));
        H2Client client = new H2Client(server.port())) {
      client.headers(1, false, request("POST", "/a"));
      client.frame(H2Client.DATA, 0, 1, "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      client.headers(1, true, "x-sum", "a b").flush();
      assertFalse(client.await(H2Client.HEADERS, 1).ends());
      assertEquals("hello", client.await(H2Client.DATA, 1).text());
      Frame trailers = client.await(H2Client.HEADERS, 1);
      assertTrue(trailers.ends());
      assertEquals(2, TrailersTest.fields(trailers));
    }
  }

  @Test
  void case11ForbiddenTrailersAreDroppedBothWays() throws Exception {
    try (TestServer server =
            TestServer.start(new TrailerEcho("x-remote-user", "evil", "content-length", "5"));
        H2Client client = new H2Client(server.port())) {
      client.headers(1, false, request("POST", "/a"));
      client.headers(
          1,
          true,
          "x-remote-user",
          "admin",
          "authorization",
          "Bearer x",
          "impersonate-user",
          "root",
          "content-length",
          "7",
          "host",
          "evil");
      client.flush();
      assertFalse(client.await(H2Client.HEADERS, 1).ends());
      Frame end = client.await(H2Client.DATA, 1);
      assertTrue(end.ends());
      assertEquals(0, end.payload().length);
    }
  }

  @Test
  void headOfABodyWithoutBytesEndsTheStream() throws Exception {
    try (TestServer server =
            TestServer.start(
                request ->
                    Answer.now(
                        new Response.Streamed(
                            200,
                            new ResponseHeaders().add("grpc-status", "5"),
                            0,
                            out -> out.end())));
        H2Client client = new H2Client(server.port())) {
      client.get(1, "/a").flush();
      assertTrue(client.await(H2Client.HEADERS, 1).ends());
    }
  }

  /** How many fields an HPACK block without Huffman coded lengths beyond one byte holds. */
  private static int fields(Frame block) {
    int count = 0;
    byte[] bytes = block.payload();
    for (int at = 0; at < bytes.length; count++) {
      int first = bytes[at++] & 255;
      if ((first & 0x80) != 0) {
        continue;
      }
      boolean named = (first & ((first & 0x40) != 0 ? 0x3f : 0x0f)) == 0;
      at += named ? 1 + (bytes[at] & 127) : 0;
      at += 1 + (bytes[at] & 127);
    }
    return count;
  }
}
