package dev.sallyport.server.netty.http1;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Bytes that frame a message ambiguously or not at all, each with the status that refuses them. The
 * numbers are those of the project's list of attacks.
 */
public final class FramingAttacks {

  /** Stands in every request that would be served but for the attack. */
  public static final String HOST = "Host: sallyport\r\n";

  /** What must never be taken for a request. */
  public static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\n" + HOST + "\r\n";

  private FramingAttacks() {}

  private static String post(String headers, String body) {
    return "POST /p HTTP/1.1\r\n" + HOST + headers + "\r\n" + body + SMUGGLED;
  }

  private static String get(String headers) {
    return "GET /g HTTP/1.1\r\n" + HOST + headers + "\r\n" + SMUGGLED;
  }

  private static String chunked(String body) {
    return post("Transfer-Encoding: chunked\r\n", body);
  }

  public static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            "1 both lengths",
            400,
            post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")),
        Arguments.of(
            "1 both lengths, the other way round",
            400,
            post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
        Arguments.of(
            "3 lengths differ", 400, post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello")),
        Arguments.of("3 a list of lengths", 400, post("Content-Length: 5, 6\r\n", "hello")),
        Arguments.of("3 a list of one length", 400, post("Content-Length: 5, 5\r\n", "hello")),
        Arguments.of("3 a signed length", 400, post("Content-Length: +5\r\n", "hello")),
        Arguments.of("3 a negative length", 400, post("Content-Length: -5\r\n", "hello")),
        Arguments.of("3 an empty length", 400, post("Content-Length: \r\n", "")),
        Arguments.of(
            "3 an endless length", 400, post("Content-Length: 99999999999999999999\r\n", "")),
        Arguments.of("5 xchunked", 400, post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")),
        Arguments.of(
            "5 not last", 400, post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n")),
        Arguments.of(
            "5 chunked twice", 400, post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n")),
        Arguments.of("5 gzip", 400, post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")),
        Arguments.of(
            "5 chunked in HTTP/1.0",
            400,
            "POST /p HTTP/1.0\r\n"
                + HOST
                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                + SMUGGLED),
        Arguments.of(
            "6 space before the colon", 400, post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n")),
        Arguments.of(
            "6 vertical tab", 400, post("Transfer-Encoding: \u000bchunked\r\n", "0\r\n\r\n")),
        Arguments.of(
            "6 no-break space", 400, post("Transfer-Encoding: \u00a0chunked\r\n", "0\r\n\r\n")),
        Arguments.of(
            "6 two codings",
            400,
            post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
        Arguments.of(
            "6 folded coding", 400, post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n")),
        Arguments.of("8 hexadecimal prefix", 400, chunked("0x5\r\nhello\r\n0\r\n\r\n")),
        Arguments.of("8 underscore", 400, chunked("0_2\r\nhe\r\n0\r\n\r\n")),
        Arguments.of("8 negative", 400, chunked("-1\r\nhello\r\n0\r\n\r\n")),
        Arguments.of("8 signed", 400, chunked("+5\r\nhello\r\n0\r\n\r\n")),
        Arguments.of("8 empty size", 400, chunked("\r\nhello\r\n0\r\n\r\n")),
        Arguments.of("8 17 digits", 400, chunked("00000000000000005\r\nhello\r\n0\r\n\r\n")),
        Arguments.of("8 space before the size", 400, chunked(" 5\r\nhello\r\n0\r\n\r\n")),
        Arguments.of("8 data without its end", 400, chunked("5\r\nhelloXX0\r\n\r\n")),
        Arguments.of("9 bare LF in an extension", 400, chunked("5;a=\nb\r\nhello\r\n0\r\n\r\n")),
        Arguments.of("9 bare CR in an extension", 400, chunked("5;a=\rb\r\nhello\r\n0\r\n\r\n")),
        Arguments.of(
            "9 quoted line end", 400, chunked("5;a=\"\r\nhello\r\n0\r\n\r\n\"\r\n0\r\n\r\n")),
        Arguments.of("12 bare LF", 400, "GET /g HTTP/1.1\n" + HOST + "\n" + SMUGGLED),
        Arguments.of("12 bare LF in a header", 400, "GET /g HTTP/1.1\r\nHost: a\n\r\n" + SMUGGLED),
        Arguments.of("12 bare CR in a value", 400, get("A: b\rc\r\n")),
        Arguments.of("12 folded line", 400, get("A: b\r\n c\r\n")),
        Arguments.of("12 space before the colon", 400, get("A : b\r\n")),
        Arguments.of("12 no colon", 400, get("A\r\n")),
        Arguments.of("12 empty name", 400, get(": b\r\n")),
        Arguments.of("12 leading space", 400, "GET /g HTTP/1.1\r\n " + HOST + "\r\n" + SMUGGLED),
        Arguments.of("13 NUL in a value", 400, get("A: b\u0000c\r\n")),
        Arguments.of("13 NUL in a name", 400, get("A\u0000: b\r\n")),
        Arguments.of("13 DEL in a value", 400, get("A: b\u007f\r\n")),
        Arguments.of("13 control in a name", 400, get("A\u0001: b\r\n")),
        Arguments.of("15 space in the target", 400, "GET /a b HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of("15 tab in the target", 400, "GET /a\tb HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of("15 version 1.32", 400, "GET /g HTTP/1.32\r\n" + HOST + "\r\n"),
        Arguments.of("15 version 2.0", 505, "GET /g HTTP/2.0\r\n" + HOST + "\r\n"),
        Arguments.of("15 HTTP/0.9", 400, "GET /\r\n"),
        Arguments.of("15 lower-case version", 400, "GET /g http/1.1\r\n" + HOST + "\r\n"),
        Arguments.of("16 no Host", 400, "GET /g HTTP/1.1\r\n\r\n" + SMUGGLED),
        Arguments.of("16 two Hosts", 400, get("Host: other\r\n")),
        Arguments.of("16 comma", 400, "GET /g HTTP/1.1\r\nHost: a,b\r\n\r\n" + SMUGGLED),
        Arguments.of("16 space", 400, "GET /g HTTP/1.1\r\nHost: a b\r\n\r\n" + SMUGGLED),
        Arguments.of("16 at", 400, "GET /g HTTP/1.1\r\nHost: a@b\r\n\r\n" + SMUGGLED),
        Arguments.of("16 slash", 400, "GET /g HTTP/1.1\r\nHost: a/b\r\n\r\n" + SMUGGLED),
        Arguments.of("17 another scheme", 400, "GET ftp://a/b HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of(
            "17 user in the target", 400, "GET https://u@a/b HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of("17 authority form", 400, "CONNECT a:443 HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of("21 other expectation", 417, get("Expect: a-miracle\r\n")),
        Arguments.of(
            "23 request line too long",
            414,
            "GET /" + "a".repeat(300_000) + " HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of("23 headers too long", 431, get("A: " + "a".repeat(1 << 20) + "\r\n")),
        Arguments.of("23 too many headers", 431, get("A: b\r\n".repeat(1001))),
        Arguments.of("24 method is no token", 400, "G=\":<> / HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of("46 cleartext HTTP/2", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Arguments.of(
            "3 equal lengths", 400, post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello")),
        Arguments.of("3 a hexadecimal length", 400, post("Content-Length: 0x5\r\n", "hello")),
        Arguments.of("3 a length with a blank", 400, post("Content-Length: 5 5\r\n", "hello")),
        Arguments.of("5 an empty coding", 400, post("Transfer-Encoding: \r\n", "0\r\n\r\n")),
        Arguments.of("5 a comma", 400, post("Transfer-Encoding: ,chunked\r\n", "0\r\n\r\n")),
        Arguments.of("5 identity", 400, post("Transfer-Encoding: identity\r\n", "0\r\n\r\n")),
        Arguments.of(
            "6 vertical tab behind",
            400,
            post("Transfer-Encoding: chunked\u000b\r\n", "0\r\n\r\n")),
        Arguments.of("8 space behind the size", 400, chunked("5 \r\nhello\r\n0\r\n\r\n")),
        Arguments.of("8 a letter behind the size", 400, chunked("5h\r\nhello\r\n0\r\n\r\n")),
        Arguments.of("8 bare CR behind the data", 400, chunked("5\r\nhello\r0\r\n\r\n")),
        Arguments.of("8 bare LF behind the data", 400, chunked("5\r\nhello\n0\r\n\r\n\r\n")),
        Arguments.of("8 bare LF behind the size", 400, chunked("5\nhello\r\n0\r\n\r\n")),
        Arguments.of("8 bare LF behind the last chunk", 400, chunked("0\r\n\n")),
        Arguments.of("9 NUL in an extension", 400, chunked("5;a=\u0000\r\nhello\r\n0\r\n\r\n")),
        Arguments.of("11 trailer without a colon", 400, chunked("5\r\nhello\r\n0\r\nx\r\n\r\n")),
        Arguments.of(
            "12 bare LF ends the head", 400, "GET /g HTTP/1.1\r\n" + HOST + "\n" + SMUGGLED),
        Arguments.of("12 two CRs", 400, get("A: b\r\r\n")),
        Arguments.of("13 ESC in a value", 400, get("A: b\u001b\r\n")),
        Arguments.of("15 two spaces", 400, "GET  /g HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED),
        Arguments.of("15 space behind the version", 400, "GET /g HTTP/1.1 \r\n" + HOST + "\r\n"),
        Arguments.of("15 fragment", 400, "GET /g#/h HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED),
        Arguments.of("15 letters beyond ASCII", 400, "GET /\u00e9 HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of("16 backslash", 400, "GET /g HTTP/1.1\r\nHost: a\\b\r\n\r\n" + SMUGGLED),
        Arguments.of("16 question mark", 400, "GET /g HTTP/1.1\r\nHost: a?b\r\n\r\n" + SMUGGLED),
        Arguments.of(
            "17 no host in the target", 400, "GET https:///g HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of("17 asterisk", 400, "GET * HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of("empty line first", 400, "\r\n" + SMUGGLED));
  }
}
