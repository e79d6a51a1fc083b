package dev.sallyport.server.netty.http1;

import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseHeaders;
import dev.sallyport.server.netty.exchange.HttpDate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Encodes response heads into an array of its thread and from there, with a small body, into one
 * buffer. Names get the capitals that HTTP/1.1 clients are used to; a control character in a value
 * becomes a blank, so that no value can start a line of its own.
 */
final class HeadWriter implements BiConsumer<String, String> {

  private static final FastThreadLocal<HeadWriter> OF_THREAD =
      new FastThreadLocal<>() {
        @Override
        protected HeadWriter initialValue() {
          return new HeadWriter();
        }
      };

  private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
  private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
  private static final byte[] CLOSE = ascii("Connection: close\r\n");
  private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
  private static final byte[] LAST_CHUNK = ascii("0\r\n");
  private static final byte[] UPGRADE = ascii("Connection: Upgrade\r\n");
  private static final byte[] DATE = ascii("Date: ");
  private static final int MAX_KEPT = 64 << 10;

  @SuppressWarnings("NullAway") // filled as codes are first used
  private static final byte[][] STATUS_LINES = new byte[1000][];

  private byte[] out = new byte[1024];
  private int length;

  private HeadWriter() {}

  /** The writer of the calling thread. */
  static HeadWriter get() {
    return OF_THREAD.get();
  }

  HeadWriter status(int code, boolean http10) {
    length = 0;
    bytes(statusLine(code));
    if (http10) {
      out[7] = '0';
    }
    return this;
  }

  HeadWriter headers(ResponseHeaders headers) {
    headers.forEach(this);
    bytes(DATE);
    bytes(HttpDate.now().array());
    return lineEnd();
  }

  /** The last chunk and the fields behind it. */
  HeadWriter lastChunk(List<String> trailers) {
    length = 0;
    bytes(LAST_CHUNK);
    for (int i = 0; i < trailers.size(); i += 2) {
      accept(trailers.get(i), trailers.get(i + 1));
    }
    return this;
  }

  HeadWriter contentLength(long bytes) {
    bytes(CONTENT_LENGTH);
    number(bytes);
    return lineEnd();
  }

  HeadWriter chunked() {
    bytes(CHUNKED);
    return this;
  }

  HeadWriter close() {
    bytes(CLOSE);
    return this;
  }

  HeadWriter keepAlive() {
    bytes(KEEP_ALIVE);
    return this;
  }

  HeadWriter upgrade() {
    bytes(UPGRADE);
    return this;
  }

  /** The head in a buffer of its own, followed by the body's segments or by room for a body. */
  ByteBuf finish(ByteBufAllocator allocator, List<Response.Segment> body, int bodyLength) {
    lineEnd();
    ByteBuf buffer = allocator.directBuffer(length + bodyLength);
    buffer.writeBytes(out, 0, length);
    for (int i = 0; i < body.size(); i++) {
      Response.Segment segment = body.get(i);
      buffer.writeBytes(segment.bytes(), segment.offset(), segment.length());
    }
    if (out.length > MAX_KEPT) {
      out = new byte[1024];
    }
    return buffer;
  }

  @Override
  public void accept(String name, String value) {
    if (framing(name)) {
      return;
    }
    name(name);
    value(value);
    lineEnd();
  }

  /** Whether the name is the writer's own business. */
  private static boolean framing(String name) {
    return switch (name.length()) {
      case 4 -> name.equals("date");
      case 10 -> name.equals("connection");
      case 14 -> name.equals("content-length");
      case 17 -> name.equals("transfer-encoding");
      default -> false;
    };
  }

  private void name(String name) {
    int count = name.length();
    room(count + 2);
    boolean first = true;
    for (int i = 0; i < count; i++) {
      char c = name.charAt(i);
      out[length++] = (byte) (first && c >= 'a' && c <= 'z' ? c - 32 : c);
      first = c == '-';
    }
    out[length++] = ':';
    out[length++] = ' ';
  }

  private void value(String value) {
    int count = value.length();
    room(count);
    int start = length;
    for (int i = 0; i < count; i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        length = start;
        beyondAscii(value);
        return;
      }
      out[length++] = (byte) (c < ' ' && c != '\t' || c == 0x7f ? ' ' : c);
    }
  }

  private void beyondAscii(String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < encoded.length; i++) {
      byte b = encoded[i];
      if (b >= 0 && b < ' ' || b == 0x7f) {
        encoded[i] = ' ';
      }
    }
    bytes(encoded);
  }

  private void number(long value) {
    room(20);
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = value;
    for (int i = length + digits - 1; i >= length; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  private HeadWriter lineEnd() {
    room(2);
    out[length++] = '\r';
    out[length++] = '\n';
    return this;
  }

  private void bytes(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, out, length, more.length);
    length += more.length;
  }

  private void room(int more) {
    if (out.length - length < more) {
      out = Arrays.copyOf(out, Math.max(2 * out.length, length + more));
    }
  }

  private static byte[] statusLine(int code) {
    byte @Nullable [] line = STATUS_LINES[code];
    if (line == null) {
      line =
          ascii(
              "HTTP/1.1 " + code + " " + HttpResponseStatus.valueOf(code).reasonPhrase() + "\r\n");
      STATUS_LINES[code] = line;
    }
    return line;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
