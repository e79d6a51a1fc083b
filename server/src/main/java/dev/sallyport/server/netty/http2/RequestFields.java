package dev.sallyport.server.netty.http2;

import static dev.sallyport.server.netty.exchange.StatusResponse.badRequest;

import dev.sallyport.server.netty.exchange.Authority;
import dev.sallyport.server.netty.exchange.HeaderLines;
import dev.sallyport.server.netty.exchange.HttpLimits;
import dev.sallyport.server.netty.exchange.LastCredential;
import dev.sallyport.server.netty.exchange.StatusResponse;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request's fields, checked (RFC 9113, section 8): pseudo headers once and first, lower-case
 * tokens as names, no header that speaks of the connection, no control character anywhere.
 */
final class RequestFields {

  /** What lower-case tokens are made of. */
  private static final boolean[] TOKEN = token();

  private final int streamId;
  private final HeaderLines lines = new HeaderLines();
  private String method = "";
  private String scheme = "";
  private String path = "";
  private String authority = "";
  private String host = "";
  private boolean hasAuthority;
  private boolean hasHost;
  private boolean twoHosts;
  private boolean regular;
  private int received;
  private long contentLength = -1;
  private boolean expectContinue;
  private boolean unknownExpectation;
  private @Nullable StringBuilder cookies;

  private RequestFields(int streamId) {
    this.streamId = streamId;
  }

  private static boolean[] token() {
    boolean[] allowed = new boolean[0x80];
    String characters = "abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~";
    for (int i = 0; i < characters.length(); i++) {
      allowed[characters.charAt(i)] = true;
    }
    return allowed;
  }

  /**
   * @throws Http2Exception of the stream when the request is malformed
   */
  static RequestFields of(int streamId, Http2Headers headers, LastCredential last)
      throws Http2Exception {
    RequestFields fields = new RequestFields(streamId);
    for (Map.Entry<CharSequence, CharSequence> line : headers) {
      String name = line.getKey().toString();
      if (name.equals(LastCredential.HEADER) && line.getValue() instanceof AsciiString value) {
        fields.credential(value, last);
      } else {
        fields.line(name, line.getValue().toString());
      }
    }
    fields.checkComplete();
    fields.joinCookies();
    return fields;
  }

  /**
   * The fields behind a body, names and values side by side.
   *
   * @throws Http2Exception of the stream when they are malformed or a pseudo header is among them
   */
  static List<String> trailers(int streamId, Http2Headers headers) throws Http2Exception {
    RequestFields fields = new RequestFields(streamId);
    for (Map.Entry<CharSequence, CharSequence> line : headers) {
      String name = line.getKey().toString();
      fields.checkName(name);
      fields.lines.add(name, fields.checkedValue(line.getValue().toString()));
    }
    return fields.lines.asList();
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  String authority() {
    return hasAuthority ? authority : host;
  }

  HeaderLines lines() {
    return lines;
  }

  /** Bytes, or -1 when not declared. */
  long contentLength() {
    return contentLength;
  }

  boolean expectContinue() {
    return expectContinue;
  }

  /**
   * What is well-formed but not served.
   *
   * @throws dev.sallyport.api.StatusException naming it
   */
  void checkServed(HttpLimits limits) {
    if (received > limits.headerLines()) {
      throw StatusResponse.refusal(
          431, "RequestHeaderFieldsTooLarge", "the request's headers are too large");
    }
    if (!path.startsWith("/") || path.indexOf('#') >= 0) {
      throw badRequest("the request target is no path");
    }
    if (!hasAuthority && !hasHost || twoHosts) {
      throw badRequest("a request needs exactly one authority");
    }
    if (hasAuthority && hasHost && !authority.equalsIgnoreCase(host)) {
      throw badRequest("the authority and the Host header differ");
    }
    if (!Authority.wellFormed(authority())) {
      throw badRequest("the authority is malformed");
    }
    if (unknownExpectation) {
      throw StatusResponse.refusal(
          417, "ExpectationFailed", "the only expectation met here is 100-continue");
    }
  }

  private void line(String name, String value) throws Http2Exception {
    String text = checkedValue(value);
    if (!name.isEmpty() && name.charAt(0) == ':') {
      pseudo(name, text);
      return;
    }
    regular = true;
    received++;
    checkName(name);
    if (framing(name, text)) {
      lines.add(name, text);
    }
  }

  private void credential(AsciiString value, LastCredential last) throws Http2Exception {
    regular = true;
    received++;
    String known = last.known(value.array(), value.arrayOffset(), value.length());
    if (known == null) {
      known = checkedValue(value.toString());
      last.remember(value.array(), value.arrayOffset(), value.length(), known);
    }
    lines.add(LastCredential.HEADER, known);
  }

  private void pseudo(String name, String value) throws Http2Exception {
    if (regular) {
      throw malformed("a pseudo header behind a header");
    }
    switch (name) {
      case ":method" -> method = once(method, value);
      case ":scheme" -> scheme = once(scheme, value);
      case ":path" -> path = once(path, value);
      case ":authority" -> {
        if (hasAuthority) {
          throw malformed("two authorities");
        }
        hasAuthority = true;
        authority = value;
      }
      default -> throw malformed("an unknown pseudo header");
    }
  }

  private String once(String before, String value) throws Http2Exception {
    if (!before.isEmpty() || value.isEmpty()) {
      throw malformed("a pseudo header twice or empty");
    }
    return value;
  }

  /** Whether the line is for the handler; lines that frame the message are understood here. */
  private boolean framing(String name, String value) throws Http2Exception {
    switch (name) {
      case "connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade" ->
          throw malformed("a header of the connection");
      case "te" -> {
        if (!value.equalsIgnoreCase("trailers")) {
          throw malformed("a transfer coding");
        }
      }
      case "host" -> {
        twoHosts |= hasHost;
        hasHost = true;
        host = value;
        return false;
      }
      case "cookie" -> {
        cookie(value);
        return false;
      }
      case "content-length" -> length(value);
      case "expect" -> {
        expectContinue = value.equalsIgnoreCase("100-continue");
        unknownExpectation |= !expectContinue;
      }
      default -> {}
    }
    return true;
  }

  /** HTTP/2 may send a cookie's pairs on lines of their own; nobody else knows that form. */
  private void cookie(String value) {
    StringBuilder all = cookies;
    if (all == null) {
      cookies = new StringBuilder(value);
    } else {
      all.append("; ").append(value);
    }
  }

  private void joinCookies() {
    if (cookies != null) {
      lines.add("cookie", cookies.toString());
    }
  }

  private void length(String value) throws Http2Exception {
    if (contentLength >= 0 || value.isEmpty() || value.length() > 18) {
      throw malformed("the content length is ambiguous");
    }
    long bytes = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < '0' || c > '9') {
        throw malformed("the content length is not a number");
      }
      bytes = 10 * bytes + (c - '0');
    }
    contentLength = bytes;
  }

  private void checkName(String name) throws Http2Exception {
    boolean sound = !name.isEmpty();
    for (int i = 0; i < name.length() && sound; i++) {
      char c = name.charAt(i);
      sound = c < 0x80 && TOKEN[c];
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

  private void checkComplete() throws Http2Exception {
    if (method.isEmpty() || scheme.isEmpty() || path.isEmpty()) {
      throw malformed("a pseudo header is missing");
    }
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        throw malformed("the path holds what a URL cannot");
      }
    }
    checkName(method.toLowerCase(java.util.Locale.ROOT));
  }

  private Http2Exception malformed(String why) {
    return malformed(streamId, why);
  }

  private static Http2Exception malformed(int streamId, String why) {
    return Http2Exception.streamError(streamId, Http2Error.PROTOCOL_ERROR, why);
  }
}
