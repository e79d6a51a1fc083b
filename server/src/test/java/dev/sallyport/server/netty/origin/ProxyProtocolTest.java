package dev.sallyport.server.netty.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sallyport.api.Answer;
import dev.sallyport.config.ClientAddressConfig;
import dev.sallyport.config.ForwardingHeader;
import dev.sallyport.config.Network;
import dev.sallyport.config.Networks;
import dev.sallyport.config.ProxyProtocolUse;
import dev.sallyport.server.http.Connection;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.netty.RawClient;
import dev.sallyport.server.netty.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A load balancer's first words, by hand, before a TLS handshake. */
final class ProxyProtocolTest {

  private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String LOOPBACK = "127.0.0.0/8";
  private static final String PEER = "peer";

  @SuppressWarnings("NullAway.Init")
  private TestServer server;

  private void serve(ProxyProtocolUse use, String network, Duration patience) throws Exception {
    Networks balancers = new Networks(List.of(Network.parse(network).orElseThrow()));
    server =
        TestServer.start(
            new ClientAddressConfig(
                use, balancers, Networks.NONE, ForwardingHeader.X_FORWARDED_FOR),
            patience,
            ProxyProtocolTest::tell);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private static Answer<Response> tell(Request request) {
    Connection connection = request.connection();
    InetSocketAddress remote = connection.remoteAddress();
    boolean peer = connection.localAddress().getAddress().isLoopbackAddress();
    return Answer.now(
        TestServer.text(
            200,
            peer
                ? PEER
                : remote.getAddress().getHostAddress()
                    + " "
                    + remote.getPort()
                    + " > "
                    + connection.localAddress().getPort()
                    + " = "
                    + request.origin().text()));
  }

  /** A header of version 2. */
  private static byte[] v2(int command, int family, byte[] addresses, int declared) {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.writeBytes(SIGNATURE.getBytes(StandardCharsets.ISO_8859_1));
    header.write(0x20 | command);
    header.write(family);
    header.write(declared >> 8);
    header.write(declared);
    header.writeBytes(addresses);
    return header.toByteArray();
  }

  private static byte[] v2(int command, int family, byte[] addresses) {
    return v2(command, family, addresses, addresses.length);
  }

  private static byte[] v4Addresses(int more) {
    byte[] all = new byte[12 + more];
    byte[] known = {(byte) 203, 0, 113, 7, (byte) 198, 51, 100, 1, 0x30, 0x39, 0x01, (byte) 0xbb};
    System.arraycopy(known, 0, all, 0, known.length);
    return all;
  }

  private static byte[] v6Addresses() {
    byte[] all = new byte[36];
    all[0] = 0x20;
    all[1] = 0x01;
    all[2] = 0x0d;
    all[3] = (byte) 0xb8;
    all[15] = 9;
    all[16] = 0x20;
    all[31] = 1;
    all[32] = 0x30;
    all[33] = 0x39;
    all[34] = 0x01;
    all[35] = (byte) 0xbb;
    return all;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static final String V4 = "203.0.113.7 12345 > 443 = 203.0.113.7";

  static Stream<Arguments> headers() {
    byte[] withExtensions = v4Addresses(3 + 1000);
    withExtensions[12] = (byte) 0xe0; // a type of one's own
    withExtensions[13] = (byte) (1000 >> 8);
    withExtensions[14] = (byte) 1000;
    return Stream.of(
        Arguments.of(
            "version 1, IPv4", ascii("PROXY TCP4 203.0.113.7 198.51.100.1 12345 443\r\n"), V4),
        Arguments.of(
            "version 1, IPv6",
            ascii("PROXY TCP6 2001:db8::9 2000::1 12345 443\r\n"),
            "2001:db8:0:0:0:0:0:9 12345 > 443 = 2001:db8::9"),
        Arguments.of("version 1, unknown", ascii("PROXY UNKNOWN\r\n"), PEER),
        Arguments.of("version 1, unknown with more", ascii("PROXY UNKNOWN a b 1 2\r\n"), PEER),
        Arguments.of("version 2, IPv4", v2(1, 0x11, v4Addresses(0)), V4),
        Arguments.of(
            "version 2, IPv6",
            v2(1, 0x21, v6Addresses()),
            "2001:db8:0:0:0:0:0:9 12345 > 443 = 2001:db8::9"),
        Arguments.of("version 2, extensions", v2(1, 0x11, withExtensions), V4),
        Arguments.of("version 2, local", v2(0, 0x00, new byte[0]), PEER),
        Arguments.of("version 2, local with addresses", v2(0, 0x11, v4Addresses(0)), PEER),
        Arguments.of("version 2, unspecified", v2(1, 0x00, new byte[0]), PEER),
        Arguments.of("version 2, unix", v2(1, 0x31, new byte[216]), PEER));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("headers")
  void headersNameTheClient(String what, byte[] header, String told) throws Exception {
    serve(ProxyProtocolUse.REQUIRED, LOOPBACK, PATIENCE);
    assertEquals(told, ask(header), what);
  }

  private String ask(byte[] header) throws Exception {
    Socket plain = new Socket("127.0.0.1", server.port());
    plain.getOutputStream().write(header);
    try (RawClient client = new RawClient(plain)) {
      String answer =
          client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").untilClosed();
      return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
  }

  @Test
  void aHeaderByteByByteIsRead() throws Exception {
    serve(ProxyProtocolUse.REQUIRED, LOOPBACK, PATIENCE);
    Socket plain = new Socket("127.0.0.1", server.port());
    plain.setTcpNoDelay(true);
    OutputStream out = plain.getOutputStream();
    for (byte b : v2(1, 0x11, v4Addresses(0))) {
      out.write(b);
      out.flush();
    }
    try (RawClient client = new RawClient(plain)) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").until(V4);
    }
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of("no header", new byte[0]),
        Arguments.of("a name for an address", ascii("PROXY TCP4 a.b.c.d 198.51.100.1 1 2\r\n")),
        Arguments.of("a short address", ascii("PROXY TCP4 203.0.113 198.51.100.1 1 2\r\n")),
        Arguments.of("the other family", ascii("PROXY TCP4 ::1 ::1 1 2\r\n")),
        Arguments.of("a port too high", ascii("PROXY TCP4 1.2.3.4 1.2.3.4 65536 2\r\n")),
        Arguments.of("a zone", ascii("PROXY TCP6 fe80::1%eth0 ::1 1 2\r\n")),
        Arguments.of("fields missing", ascii("PROXY TCP4 1.2.3.4\r\n")),
        Arguments.of("another word", ascii("PROXIED TCP4 1.2.3.4 1.2.3.4 1 2\r\n")),
        Arguments.of("an endless line", ascii("PROXY UNKNOWN " + "a".repeat(200) + "\r\n")),
        Arguments.of("HTTP", ascii("POST / HTTP/1.1\r\n\r\n")),
        Arguments.of("signature cut", ascii("\r\n\r\n\0\r\nQUIX\n!\u0011\0\u000c")),
        Arguments.of("addresses too short", v2(1, 0x11, new byte[11])),
        Arguments.of("unknown command", v2(7, 0x11, v4Addresses(0))),
        Arguments.of("unknown family", v2(1, 0x41, v4Addresses(0))),
        Arguments.of("too large", v2(1, 0x11, v4Addresses(5000))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void brokenHeadersEndTheConnection(String what, byte[] header) throws Exception {
    serve(ProxyProtocolUse.REQUIRED, LOOPBACK, PATIENCE);
    assertThrows(IOException.class, () -> ask(header), what);
  }

  @Test
  void optionalMeansWithAndWithout() throws Exception {
    serve(ProxyProtocolUse.OPTIONAL, LOOPBACK, PATIENCE);
    assertEquals(PEER, ask(new byte[0]));
    assertEquals(V4, ask(v2(1, 0x11, v4Addresses(0))));
    assertThrows(IOException.class, () -> ask(ascii("PROXY TCP4 a b 1 2\r\n")));
    assertThrows(IOException.class, () -> ask(ascii("GET / HTTP/1.1\r\n\r\n")));
  }

  @Test
  void case172AHeaderFromAnywhereElseIsABrokenHandshake() throws Exception {
    serve(ProxyProtocolUse.REQUIRED, "10.0.0.0/8", PATIENCE);
    assertThrows(IOException.class, () -> ask(v2(1, 0x11, v4Addresses(0))));
    assertThrows(
        IOException.class, () -> ask(ascii("PROXY TCP4 203.0.113.7 198.51.100.1 1 2\r\n")));
    assertEquals(PEER, ask(new byte[0]), "others need none");
  }

  @Test
  void aSecondHeaderIsABrokenHandshake() throws Exception {
    serve(ProxyProtocolUse.REQUIRED, LOOPBACK, PATIENCE);
    String twice = "PROXY TCP4 203.0.113.7 198.51.100.1 1 2\r\n".repeat(2);
    assertThrows(IOException.class, () -> ask(ascii(twice)));
  }

  @Test
  void halfAHeaderIsNotWaitedForLongerThanAHandshake() throws Exception {
    serve(ProxyProtocolUse.REQUIRED, LOOPBACK, Duration.ofMillis(300));
    for (String half : List.of("", "P", "PROXY TCP4 203.0.113.7", SIGNATURE)) {
      try (Socket plain = new Socket("127.0.0.1", server.port())) {
        plain.setSoTimeout(15_000);
        plain.getOutputStream().write(ascii(half));
        assertEquals(-1, plain.getInputStream().read(), half);
      }
    }
  }

  @Test
  void http2IsToldToo() throws Exception {
    serve(ProxyProtocolUse.REQUIRED, LOOPBACK, PATIENCE);
    Socket plain = new Socket("127.0.0.1", server.port());
    plain.getOutputStream().write(v2(1, 0x11, v4Addresses(0)));
    try (RawClient client = new RawClient(plain, "h2")) {
      assertEquals("h2", client.socket().getApplicationProtocol());
    }
  }
}
