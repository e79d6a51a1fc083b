package dev.sallyport.server.netty.http1;

import static dev.sallyport.server.netty.exchange.StatusResponse.badRequest;
import static dev.sallyport.server.netty.exchange.StatusResponse.refusal;

import dev.sallyport.server.netty.exchange.HeaderLines;
import dev.sallyport.server.netty.exchange.HttpLimits;
import dev.sallyport.server.netty.exchange.LastCredential;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's head line by line as its bytes come. Every line ends with CRLF, no line is
 * folded and no byte is forgiven (RFC 9112, sections 2 to 5): what two parsers could read
 * differently is refused.
 */
final class HeadParser {

  private static final int KEPT_LINE = 4096;

  private final HttpLimits limits;
  private final LastCredential last = new LastCredential();
  private byte[] line = new byte[256];
  private int searched;
  private int total;
  private @Nullable RequestHead head;

  HeadParser(HttpLimits limits) {
    this.limits = limits;
  }

  /** Whether a head has begun and not ended. */
  boolean inside() {
    return head != null;
  }

  /**
   * Reads on; null while the head is not complete.
   *
   * @throws dev.sallyport.api.StatusException for a head that must not be understood
   */
  @Nullable RequestHead parse(ByteBuf in) {
    for (int length = nextLine(in); length >= 0; length = nextLine(in)) {
      RequestHead begun = head;
      if (begun == null) {
        head = RequestLine.parse(line, length);
      } else if (length > 0) {
        header(begun.headers(), length);
      } else {
        reset();
        return begun;
      }
    }
    return null;
  }

  private void reset() {
    head = null;
    total = 0;
    if (line.length > KEPT_LINE) {
      line = new byte[256];
    }
  }

  /** Copies the next line without its CRLF and gives its length, or -1 when it is not all there. */
  private int nextLine(ByteBuf in) {
    int start = in.readerIndex();
    int end = in.indexOf(start + searched, in.writerIndex(), (byte) '\n');
    if (end < 0) {
      searched = in.readableBytes();
      checkSize(searched);
      return -1;
    }
    searched = 0;
    int length = end - start;
    checkSize(length + 1);
    total += length + 1;
    if (length == 0 || in.getByte(end - 1) != '\r') {
      throw badRequest("a line ends without a carriage return");
    }
    if (length > line.length) {
      line = new byte[Math.max(length, 2 * line.length)];
    }
    in.readBytes(line, 0, length);
    in.skipBytes(1);
    return length - 1;
  }

  private void checkSize(int more) {
    if (head == null && more > limits.requestLineBytes()) {
      throw refusal(414, "RequestURITooLong", "the request line is too long");
    }
    if (total + more > limits.headerBytes()) {
      throw tooLarge();
    }
  }

  private static RuntimeException tooLarge() {
    return refusal(431, "RequestHeaderFieldsTooLarge", "the request's headers are too large");
  }

  private void header(HeaderLines headers, int length) {
    if (headers.count() >= limits.headerLines()) {
      throw tooLarge();
    }
    FieldSyntax.addField(headers, line, length, last);
  }

  /** Method, target and version. */
  private static final class RequestLine {

    static RequestHead parse(byte[] line, int length) {
      int afterMethod = FieldSyntax.tokenEnd(line, 0, length);
      if (afterMethod == 0 || afterMethod == length || line[afterMethod] != ' ') {
        throw badRequest("the request line has no method");
      }
      int target = afterMethod + 1;
      int afterTarget = FieldSyntax.visibleEnd(line, target, length);
      if (afterTarget == target || afterTarget == length || line[afterTarget] != ' ') {
        throw badRequest("the request line has no target or no version");
      }
      boolean http10 = version(line, afterTarget + 1, length);
      return new RequestHead(
          KnownNames.method(line, afterMethod),
          new String(line, target, afterTarget - target, StandardCharsets.ISO_8859_1),
          http10,
          new HeaderLines());
    }

    /** Whether it is HTTP/1.0; everything but 1.0 and 1.1 is refused. */
    private static boolean version(byte[] line, int from, int to) {
      String text = new String(line, from, to - from, StandardCharsets.ISO_8859_1);
      if (text.equals("HTTP/1.1")) {
        return false;
      }
      if (text.equals("HTTP/1.0")) {
        return true;
      }
      if (text.length() == 8
          && text.startsWith("HTTP/")
          && Character.isDigit(text.charAt(5))
          && text.charAt(6) == '.'
          && Character.isDigit(text.charAt(7))) {
        throw refusal(505, "HTTPVersionNotSupported", "HTTP/1.1 and HTTP/2 are spoken here");
      }
      throw badRequest("the request line has no version");
    }
  }
}
