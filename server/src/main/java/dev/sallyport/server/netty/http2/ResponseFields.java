package dev.sallyport.server.netty.http2;

import dev.sallyport.server.http.ResponseHeaders;
import dev.sallyport.server.netty.exchange.HttpDate;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Makes a response's header block. One per thread, used again for every response. */
final class ResponseFields implements BiConsumer<String, String> {

  private static final FastThreadLocal<ResponseFields> OF_THREAD =
      new FastThreadLocal<>() {
        @Override
        protected ResponseFields initialValue() {
          return new ResponseFields();
        }
      };

  private static final AsciiString DATE = AsciiString.cached("date");
  private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");

  /** Names are few; those of an upstream must not fill the memory. */
  private static final int MAX_NAMES = 256;

  private static final Map<String, AsciiString> NAMES = new ConcurrentHashMap<>();

  private AsciiString[] lines = new AsciiString[24];
  private int count;

  private ResponseFields() {}

  /**
   * @param length the body's bytes, or -1 to leave it open
   */
  static Http2Headers of(int status, ResponseHeaders headers, long length) {
    return OF_THREAD.get().make(status, headers, length);
  }

  private Http2Headers make(int status, ResponseHeaders headers, long length) {
    count = 0;
    headers.forEach(this);
    line(DATE, HttpDate.now());
    if (length >= 0) {
      line(CONTENT_LENGTH, AsciiString.of(Long.toString(length)));
    }
    return ReadOnlyHttp2Headers.serverHeaders(
        false, HttpResponseStatus.valueOf(status).codeAsText(), Arrays.copyOf(lines, count));
  }

  /** The fields behind a body. */
  static Http2Headers trailers(List<String> fields) {
    ResponseFields of = OF_THREAD.get();
    of.count = 0;
    for (int i = 0; i < fields.size(); i += 2) {
      of.accept(fields.get(i), fields.get(i + 1));
    }
    return ReadOnlyHttp2Headers.trailers(false, Arrays.copyOf(of.lines, of.count));
  }

  @Override
  public void accept(String name, String value) {
    if (!framing(name)) {
      line(name(name), value(value));
    }
  }

  private static boolean framing(String name) {
    return switch (name.length()) {
      case 4 -> name.equals("date");
      case 10 -> name.equals("connection") || name.equals("keep-alive");
      case 14 -> name.equals("content-length");
      case 17 -> name.equals("transfer-encoding");
      default -> false;
    };
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
    AsciiString made = AsciiString.of(name);
    if (NAMES.size() < MAX_NAMES) {
      NAMES.put(name, made);
    }
    return made;
  }

  /** A control character becomes a blank, so that no value becomes a line on its further way. */
  private static AsciiString value(String value) {
    byte[] bytes = new byte[value.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        return blanked(value.getBytes(StandardCharsets.UTF_8));
      }
      bytes[i] = (byte) c;
    }
    return blanked(bytes);
  }

  private static AsciiString blanked(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b >= 0 && b < ' ' && b != '\t' || b == 0x7f) {
        bytes[i] = ' ';
      }
    }
    return new AsciiString(bytes, false);
  }
}
