package dev.sallyport.proxy.http2;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A response's fields, checked (RFC 9113, section 8): one status and no other pseudo header,
 * lower-case tokens as names, nothing that speaks of the connection, no control character.
 */
final class ResponseBlock {

  private final int streamId;
  private final boolean trailers;
  private final List<String> lines = new ArrayList<>(16);
  private int status;
  private boolean regular;
  private long contentLength = -1;

  private ResponseBlock(int streamId, boolean trailers) {
    this.streamId = streamId;
    this.trailers = trailers;
  }

  /**
   * @throws Http2Exception of the stream when the response is malformed
   */
  static ResponseBlock head(int streamId, Http2Headers headers) throws Http2Exception {
    ResponseBlock block = new ResponseBlock(streamId, false);
    block.read(headers);
    if (block.status == 0) {
      throw block.malformed("a response has no status");
    }
    return block;
  }

  /**
   * The fields behind a body, names and values side by side.
   *
   * @throws Http2Exception of the stream when they are malformed
   */
  static List<String> trailers(int streamId, Http2Headers headers) throws Http2Exception {
    ResponseBlock block = new ResponseBlock(streamId, true);
    block.read(headers);
    return block.lines;
  }

  int status() {
    return status;
  }

  /** Whether a final response follows this one. */
  boolean interim() {
    return status < 200;
  }

  /** Names in lower case and values, side by side, without those that the gateway sets itself. */
  List<String> lines() {
    return lines;
  }

  /** Bytes, or -1 when not declared. */
  long contentLength() {
    return contentLength;
  }

  private void read(Http2Headers headers) throws Http2Exception {
    for (Map.Entry<CharSequence, CharSequence> line : headers) {
      line(line.getKey().toString(), line.getValue().toString());
    }
  }

  private void line(String name, String value) throws Http2Exception {
    if (name.equals(":status") && !trailers && !regular && status == 0) {
      status = status(value);
      return;
    }
    regular = true;
    checkName(name);
    String text = checkedValue(value);
    if (passes(name, text)) {
      lines.add(name);
      lines.add(text);
    }
  }

  private int status(String value) throws Http2Exception {
    int code = value.length() == 3 ? (int) number(value) : 0;
    if (code < 100 || code == 101) {
      throw malformed("a status that HTTP/2 does not have");
    }
    return code;
  }

  /** Whether the line goes to the client; what frames the message is understood here. */
  private boolean passes(String name, String value) throws Http2Exception {
    switch (name) {
      case "connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade" ->
          throw malformed("a header of the connection");
      case "content-length" -> {
        length(value);
        return false;
      }
      case "date", "te", "trailer", "proxy-authenticate" -> {
        return false;
      }
      default -> {
        return true;
      }
    }
  }

  private void length(String value) throws Http2Exception {
    if (trailers) {
      return;
    }
    if (contentLength >= 0 || value.isEmpty() || value.length() > 18) {
      throw malformed("the content length is ambiguous");
    }
    contentLength = number(value);
  }

  private long number(String digits) throws Http2Exception {
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        throw malformed("a number is none");
      }
      number = 10 * number + (c - '0');
    }
    return number;
  }

  private void checkName(String name) throws Http2Exception {
    boolean sound = !name.isEmpty();
    for (int i = 0; i < name.length() && sound; i++) {
      char c = name.charAt(i);
      sound = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
    if (!sound) {
      throw malformed("a header name is no lower-case token");
    }
  }

  private String checkedValue(String value) throws Http2Exception {
    int all = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      all |= c;
      if (c < ' ' && c != '\t' || c == 0x7f) {
        throw malformed("a header value holds a control character");
      }
    }
    return all < 0x80
        ? value
        : new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private Http2Exception malformed(String why) {
    return Http2Exception.streamError(streamId, Http2Error.PROTOCOL_ERROR, why);
  }
}
