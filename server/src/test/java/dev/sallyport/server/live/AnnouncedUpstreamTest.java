package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.server.endpoint.proxy.StubUpstream;
import dev.sallyport.server.netty.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backend that is told the client's address by a PROXY header. */
final class AnnouncedUpstreamTest {

  private static final String GET =
      "GET /x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer master\r\n";

  @TempDir Path folder;

  private static StubUpstream lines() throws IOException {
    return behind(0);
  }

  /** Takes a header of so many bytes, then lines to an empty one. */
  private static StubUpstream behind(int header) throws IOException {
    return StubUpstream.byHand(
        (in, out) -> {
          in.readNBytes(header);
          StringBuilder all = new StringBuilder();
          while (all.indexOf("\r\n\r\n") < 0) {
            all.append((char) in.read());
          }
          StubUpstream.ok(out, "served");
          var unused = in.read();
        });
  }

  @Test
  void eachRequestHasAConnectionThatNamesItsClient() throws Exception {
    try (StubUpstream stub = lines();
        LiveServer server =
            LiveServer.start(
                folder, "", "--upstream=" + stub.url(), "--upstream-proxy-protocol=v1")) {
      try (RawClient client = new RawClient(server.port())) {
        int port = client.socket().getLocalPort();
        client.send(GET + "\r\n").until("served");
        client.send(GET + "\r\n").until("served");
        assertEquals(2, stub.connections.get());
        for (int i = 0; i < 2; i++) {
          assertTrue(
              stub.bytes(i)
                  .startsWith(
                      "PROXY TCP4 127.0.0.1 127.0.0.1 "
                          + port
                          + " "
                          + server.port()
                          + "\r\nGET /x HTTP/1.1\r\n"),
              stub.bytes(i));
        }
      }
    }
  }

  @Test
  void theClientIsWhomTrustedProxiesName() throws Exception {
    try (StubUpstream stub = lines();
        LiveServer server =
            LiveServer.start(
                folder,
                "",
                "--upstream=" + stub.url(),
                "--upstream-proxy-protocol=v1",
                "--trusted-proxy-networks=127.0.0.1")) {
      try (RawClient client = new RawClient(server.port())) {
        client.send(GET + "X-Forwarded-For: 203.0.113.7\r\n\r\n").until("served");
        client.send(GET + "X-Forwarded-For: 2001:db8::7\r\n\r\n").until("served");
      }
      String v4 = "PROXY TCP4 203.0.113.7 127.0.0.1 0 " + server.port() + "\r\nGET ";
      assertTrue(stub.bytes(0).startsWith(v4), stub.bytes(0));
      String v6 = "PROXY TCP6 2001:db8::7 ::ffff:127.0.0.1 0 " + server.port() + "\r\nGET ";
      assertTrue(stub.bytes(1).startsWith(v6), stub.bytes(1));
    }
  }

  @Test
  void versionTwoIsBinary() throws Exception {
    byte[] fixed = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10, 0x21, 0x11, 0, 12};
    byte[] addresses = {127, 0, 0, 1, 127, 0, 0, 1};
    try (StubUpstream stub = behind(28);
        LiveServer server =
            LiveServer.start(
                folder, "", "--upstream=" + stub.url(), "--upstream-proxy-protocol=v2")) {
      int port;
      try (RawClient client = new RawClient(server.port())) {
        port = client.socket().getLocalPort();
        client.send(GET + "\r\n").until("served");
      }
      byte[] ports = {
        (byte) (port >> 8), (byte) port, (byte) (server.port() >> 8), (byte) server.port()
      };
      assertEquals(text(fixed) + text(addresses) + text(ports), stub.bytes(0).substring(0, 28));
      assertTrue(stub.bytes(0).startsWith("GET /x HTTP/1.1\r\n", 28), stub.bytes(0));
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
