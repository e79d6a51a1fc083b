package dev.sallyport.server.netty.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.server.netty.RawClient;
import dev.sallyport.server.netty.TestServer;
import dev.sallyport.server.netty.TrailerEcho;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields behind a body in HTTP/1.1. */
final class TrailersTest {

  private static final String HEAD =
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
          + "5\r\nhello\r\n0\r\n";

  private static String answer(TrailerEcho echo, String trailers) throws Exception {
    try (TestServer server = TestServer.start(echo);
        RawClient client = new RawClient(server.port())) {
      return client.send(HEAD + trailers + "\r\n").untilClosed();
    }
  }

  @Test
  void passBothWays() throws Exception {
    String answer = answer(new TrailerEcho("grpc-status", "0"), "X-Sum:  a b \r\nx-empty:\r\n");
    assertTrue(
        answer.endsWith("5\r\nhello\r\n0\r\nX-Sum: a b\r\nX-Empty: \r\nGrpc-Status: 0\r\n\r\n"),
        answer);
  }

  @Test
  void longOnesAreKeptWhole() throws Exception {
    String value = "v".repeat(9000);
    assertTrue(answer(new TrailerEcho(), "X-Long: " + value + "\r\n").contains(value + "\r\n"));
  }

  @Test
  void case11ForbiddenTrailersAreDroppedBothWays() throws Exception {
    String[] names = {
      "X-Remote-User",
      "x_remote_group",
      "Authorization",
      "Impersonate-User",
      "Impersonate_Group",
      "Content-Length",
      "Transfer-Encoding",
      "Host",
      "Cookie",
      "Connection",
      "X-Forwarded-For",
      "Via",
      "Content-Type"
    };
    StringBuilder sent = new StringBuilder();
    String[] own = new String[2 * names.length];
    for (int i = 0; i < names.length; i++) {
      sent.append(names[i]).append(": evil\r\n");
      own[2 * i] = names[i].toLowerCase(Locale.ROOT);
      own[2 * i + 1] = "evil";
    }
    String answer = answer(new TrailerEcho(own), sent + "X-Good: 1\r\n");
    assertFalse(answer.contains("evil"), answer);
    assertTrue(answer.endsWith("0\r\nX-Good: 1\r\n\r\n"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no colon\r\n",
        "a : b\r\n",
        " folded: b\r\n",
        ": b\r\n",
        "a: b\nc: d\r\n",
        "a: \u0001\r\n"
      })
  void case12MalformedTrailersBreakTheBody(String trailers) throws Exception {
    String answer = answer(new TrailerEcho(), trailers);
    assertFalse(answer.endsWith("0\r\n\r\n"), answer);
  }

  @Test
  void tooManyBreakTheBody() throws Exception {
    String answer = answer(new TrailerEcho(), ("x: " + "y".repeat(1000) + "\r\n").repeat(20));
    assertFalse(answer.endsWith("0\r\n\r\n"), answer);
  }

  @Test
  void nothingFollowsADeclaredLength() throws Exception {
    try (TestServer server = TestServer.start(new TrailerEcho("x-sum", "1"));
        RawClient client = new RawClient(server.port())) {
      client.send("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
      String answer = client.untilClosed();
      assertEquals(answer.indexOf("\r\n\r\n"), answer.length() - 4, answer);
    }
  }
}
