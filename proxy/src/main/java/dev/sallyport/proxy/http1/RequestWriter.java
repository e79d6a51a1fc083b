package dev.sallyport.proxy.http1;

import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.headers.HeaderSink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Encodes request heads into an array of its thread and from there into one buffer. A control
 * character in a value becomes a blank, so that no value can start a line of its own.
 */
final class RequestWriter implements HeaderSink {

  private static final FastThreadLocal<RequestWriter> OF_THREAD =
      new FastThreadLocal<>() {
        @Override
        protected RequestWriter initialValue() {
          return new RequestWriter();
        }
      };

  private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
  private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
  private static final byte[] UPGRADE = ascii("Connection: Upgrade\r\nUpgrade: ");
  private static final byte[] LAST_CHUNK = ascii("0\r\n");
  private static final byte[] HEX = ascii("0123456789abcdef");
  private static final int MAX_KEPT = 64 << 10;

  private byte[] out = new byte[1024];
  private int length;

  private RequestWriter() {}

  /** The writer of the calling thread, empty. */
  static RequestWriter get() {
    RequestWriter writer = OF_THREAD.get();
    writer.length = 0;
    return writer;
  }

  /**
   * The request line and the lines that belong to it.
   *
   * @param method a token
   * @param prefix what is put before the target, "" for nothing
   * @param then the rest of the line, its end and what always follows
   * @throws UpstreamException when the target would not stay one word
   */
  RequestWriter line(String method, String prefix, String target, byte[] then)
      throws UpstreamException {
    word(method);
    room(1);
    out[length++] = ' ';
    word(prefix);
    word(target);
    bytes(then);
    return this;
  }

  /** What follows a target: the version and Host. */
  static byte[] afterTarget(String host) {
    return ascii(" HTTP/1.1\r\nHost: " + host + "\r\n");
  }

  private void word(String text) throws UpstreamException {
    int count = text.length();
    room(count);
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        throw new UpstreamException(
            UpstreamException.Kind.UNSPEAKABLE, "the request cannot be told upstream", null);
      }
      out[length++] = (byte) c;
    }
  }

  @Override
  public void add(String name, String value) {
    text(name);
    room(2);
    out[length++] = ':';
    out[length++] = ' ';
    text(value);
    lineEnd();
  }

  private void text(String text) {
    int count = text.length();
    room(count);
    int start = length;
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f) {
        length = start;
        careful(text);
        return;
      }
      out[length++] = (byte) c;
    }
  }

  private void careful(String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < encoded.length; i++) {
      byte b = encoded[i];
      if (b >= 0 && b < ' ' && b != '\t' || b == 0x7f) {
        encoded[i] = ' ';
      }
    }
    bytes(encoded);
  }

  RequestWriter contentLength(long value) {
    bytes(CONTENT_LENGTH);
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
    lineEnd();
    return this;
  }

  RequestWriter chunked() {
    bytes(CHUNKED);
    return this;
  }

  RequestWriter upgrade(String protocol) {
    bytes(UPGRADE);
    text(protocol);
    lineEnd();
    return this;
  }

  /** The last chunk and the fields behind it, without the end. */
  RequestWriter lastChunk(List<String> trailers) {
    bytes(LAST_CHUNK);
    for (int i = 0; i < trailers.size(); i += 2) {
      add(trailers.get(i), trailers.get(i + 1));
    }
    return this;
  }

  /** A chunk's size and line end. */
  RequestWriter chunkSize(int bytes) {
    room(10);
    int digits = Math.max(1, (35 - Integer.numberOfLeadingZeros(bytes)) / 4);
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out[length++] = HEX[bytes >> shift & 15];
    }
    lineEnd();
    return this;
  }

  /** What was written, the empty line behind it, in a buffer of its own. */
  ByteBuf finish(ByteBufAllocator buffers) {
    lineEnd();
    return asIs(buffers);
  }

  /** What was written, in a buffer of its own. */
  ByteBuf asIs(ByteBufAllocator buffers) {
    ByteBuf buffer = buffers.directBuffer(length);
    buffer.writeBytes(out, 0, length);
    if (out.length > MAX_KEPT) {
      out = new byte[1024];
    }
    return buffer;
  }

  private void lineEnd() {
    room(2);
    out[length++] = '\r';
    out[length++] = '\n';
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

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
