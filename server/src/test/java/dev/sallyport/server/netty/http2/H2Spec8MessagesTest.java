package dev.sallyport.server.netty.http2;

import static dev.sallyport.server.netty.http2.H2Client.DATA;
import static dev.sallyport.server.netty.http2.H2Client.END_HEADERS;
import static dev.sallyport.server.netty.http2.H2Client.END_STREAM;
import static dev.sallyport.server.netty.http2.H2Client.block;
import static dev.sallyport.server.netty.http2.H2Client.request;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Section 8: requests and answers. */
final class H2Spec8MessagesTest extends H2SpecSection {

  private static final int WHOLE = END_HEADERS | END_STREAM;

  static Stream<Arguments> questions() {
    return Stream.concat(
        Stream.of(
            question(
                "8.1 second HEADERS that do not end the stream",
                client -> {
                  headers(client, 1, END_HEADERS, POST);
                  headers(client, 1, END_HEADERS, block("x", "y"));
                  streamError(client, 1, PROTOCOL_ERROR);
                }),
            question(
                "8.1 GET, HEAD and POST with trailers are answered",
                client -> {
                  client.get(1, "/a").headers(3, true, request("HEAD", "/a"));
                  headers(client, 5, END_HEADERS, POST).frame(DATA, 0, 5, new byte[4]);
                  headers(client, 5, WHOLE, block("x", "y"));
                  answered(client, 5);
                }),
            question(
                "8.1.2.1 a pseudo header among trailers",
                client -> {
                  headers(client, 1, END_HEADERS, POST);
                  headers(client, 1, WHOLE, block(":method", "POST"));
                  streamError(client, 1, PROTOCOL_ERROR);
                }),
            question(
                "8.1.2.6 a length that is not that of the DATA frame",
                client -> {
                  client.headers(1, false, request("POST", "/a", "content-length", "1"));
                  client.frame(DATA, END_STREAM, 1, new byte[4]);
                  streamError(client, 1, PROTOCOL_ERROR);
                }),
            question(
                "8.1.2.6 a length that is not that of all DATA frames",
                client -> {
                  client.headers(1, false, request("POST", "/a", "content-length", "1"));
                  client.frame(DATA, 0, 1, new byte[1]).frame(DATA, END_STREAM, 1, new byte[4]);
                  streamError(client, 1, PROTOCOL_ERROR);
                }),
            question(
                "8.2 PUSH_PROMISE",
                client -> {
                  client.get(1, "/never");
                  client.frame(PUSH_PROMISE, END_HEADERS, 1, join(H2Client.int32(2), GET));
                  connectionError(client, PROTOCOL_ERROR);
                })),
        malformed());
  }

  private static Stream<Arguments> malformed() {
    return Stream.of(
        refused("8.1.2 an upper-case name", request("GET", "/a", "X-Upper", "x")),
        refused("8.1.2.1 an unknown pseudo header", request("GET", "/a", ":test", "x")),
        refused("8.1.2.1 a pseudo header of answers", request("GET", "/a", ":status", "200")),
        refused(
            "8.1.2.1 a pseudo header behind others",
            ":method",
            "GET",
            ":scheme",
            "https",
            ":authority",
            "a",
            "x",
            "y",
            ":path",
            "/"),
        refused("8.1.2.2 a header of the connection", request("GET", "/a", "connection", "x")),
        refused("8.1.2.2 TE other than trailers", request("GET", "/a", "te", "trailers, deflate")),
        refused(
            "8.1.2.3 an empty path",
            ":method",
            "GET",
            ":scheme",
            "https",
            ":authority",
            "a",
            ":path",
            ""),
        refused("8.1.2.3 no method", ":scheme", "https", ":authority", "a", ":path", "/"),
        refused("8.1.2.3 no scheme", ":method", "GET", ":authority", "a", ":path", "/"),
        refused("8.1.2.3 no path", ":method", "GET", ":scheme", "https", ":authority", "a"),
        refused("8.1.2.3 two methods", request("GET", "/a", ":method", "GET")),
        refused("8.1.2.3 two schemes", request("GET", "/a", ":scheme", "https")),
        refused("8.1.2.3 two paths", request("GET", "/a", ":path", "/a")),
        refused("8.1.2.3 two methods, first of all", twice(":method", "GET")),
        refused("8.1.2.3 two schemes, first of all", twice(":scheme", "https")),
        refused("8.1.2.3 two paths, first of all", twice(":path", "/a")));
  }

  private static String[] twice(String name, String value) {
    String[] request = request("GET", "/a");
    String[] more = new String[request.length + 2];
    more[0] = name;
    more[1] = value;
    System.arraycopy(request, 0, more, 2, request.length);
    return more;
  }

  private static Arguments refused(String name, String... lines) {
    return question(
        name,
        client -> {
          client.headers(1, true, lines);
          streamError(client, 1, PROTOCOL_ERROR);
        });
  }
}
