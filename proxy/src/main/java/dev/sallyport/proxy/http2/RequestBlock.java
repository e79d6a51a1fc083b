package dev.sallyport.proxy.http2;

import dev.sallyport.proxy.UpstreamRequest;
import dev.sallyport.proxy.headers.HeaderSink;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A request's header block: names in lower case, values as UTF-8. */
final class RequestBlock implements HeaderSink {

  private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");
  private static final AsciiString TE = AsciiString.cached("te");
  private static final AsciiString TRAILERS = AsciiString.cached("trailers");

  /** Names are few; clients must not fill the memory with theirs. */
  private static final int MAX_NAMES = 256;

  private static final Map<String, AsciiString> NAMES = new ConcurrentHashMap<>();

  private final UpstreamRequest request;
  private AsciiString[] lines = new AsciiString[32];
  private int count;
  private @Nullable Http2Headers block;

  RequestBlock(UpstreamRequest request) {
    this.request = request;
  }

  /** The block, when it is complete. */
  Http2Headers headers() {
    Http2Headers made = block;
    if (made == null) {
      throw new IllegalStateException("the block is not complete");
    }
    return made;
  }

  @Override
  public void add(String name, String value) {
    line(name(name), value(value));
  }

  /** Adds what HTTP/2 itself says of the request. */
  void complete(String scheme, String authority, String path) {
    if (takesTrailers(request.headers().all("te"))) {
      line(TE, TRAILERS);
    }
    long length = request.bodyLength();
    if (length > 0 || length == 0 && mayCarryBody(request.method())) {
      line(CONTENT_LENGTH, AsciiString.of(Long.toString(length)));
    }
    block =
        ReadOnlyHttp2Headers.clientHeaders(
            false,
            AsciiString.of(request.method()),
            AsciiString.of(path),
            AsciiString.of(scheme),
            AsciiString.of(authority),
            Arrays.copyOf(lines, count));
  }

  /**
   * The fields behind a body.
   *
   * @param fields names in lower case and values, side by side
   */
  static Http2Headers trailers(List<String> fields) {
    AsciiString[] lines = new AsciiString[fields.size()];
    for (int i = 0; i < lines.length; i += 2) {
      lines[i] = name(fields.get(i));
      lines[i + 1] = value(fields.get(i + 1));
    }
    return ReadOnlyHttp2Headers.trailers(false, lines);
  }

  /** A gRPC backend refuses who does not say so. */
  private static boolean takesTrailers(List<String> codings) {
    for (int i = 0; i < codings.size(); i++) {
      for (String each : codings.get(i).split(",", -1)) {
        if (each.trim().equalsIgnoreCase("trailers")) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean mayCarryBody(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }

  private void line(AsciiString name, AsciiString value) {
    if (count + 2 > lines.length) {
      lines = Arrays.copyOf(lines, 2 * lines.length);
    }
    lines[count++] = name;
    lines[count++] = value;
  }

  private static AsciiString name(String name) {
    AsciiString known = NAMES.get(name);
    if (known != null) {
      return known;
    }
    AsciiString made = AsciiString.of(name.toLowerCase(Locale.ROOT));
    if (NAMES.size() < MAX_NAMES) {
      NAMES.put(name, made);
    }
    return made;
  }

  /** A control character becomes a blank, so that no value becomes a line on its further way. */
  private static AsciiString value(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b >= 0 && b < ' ' && b != '\t' || b == 0x7f) {
        bytes[i] = ' ';
      }
    }
    return new AsciiString(bytes, false);
  }
}
