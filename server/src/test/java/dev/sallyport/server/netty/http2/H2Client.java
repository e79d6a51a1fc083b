package dev.sallyport.server.netty.http2;

import dev.sallyport.server.netty.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** HTTP/2 frames by hand, the forbidden ones too. Header blocks are literals without indexing. */
public final class H2Client implements AutoCloseable {

  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int PRIORITY = 2;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int PING = 6;
  public static final int GOAWAY = 7;
  public static final int WINDOW_UPDATE = 8;
  public static final int CONTINUATION = 9;
  public static final int END_STREAM = 1;
  public static final int END_HEADERS = 4;

  public static final int PROTOCOL_ERROR = 1;
  public static final int REFUSED_STREAM = 7;
  public static final int ENHANCE_YOUR_CALM = 11;

  public record Frame(int type, int flags, int stream, byte[] payload) {
    public int code() {
      int at = type == GOAWAY ? 4 : 0;
      return (payload[at] & 255) << 24
          | (payload[at + 1] & 255) << 16
          | (payload[at + 2] & 255) << 8
          | payload[at + 3] & 255;
    }

    public String text() {
      return new String(payload, StandardCharsets.ISO_8859_1);
    }

    public boolean ends() {
      return (flags & END_STREAM) != 0;
    }
  }

  private final RawClient raw;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  /** Sends preface and settings, but acknowledges nothing. */
  public H2Client(int port, int... settings) throws Exception {
    raw = new RawClient(port, "h2");
    raw.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    for (int i = 0; i < settings.length; i += 2) {
      payload.write(settings[i] >> 8);
      payload.write(settings[i]);
      payload.writeBytes(int32(settings[i + 1]));
    }
    frame(SETTINGS, 0, 0, payload.toByteArray()).flush();
  }

  public static byte[] int32(int value) {
    return new byte[] {
      (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
    };
  }

  public H2Client frame(int type, int flags, int stream, byte[] payload) {
    pending.write(payload.length >> 16);
    pending.write(payload.length >> 8);
    pending.write(payload.length);
    pending.write(type);
    pending.write(flags);
    pending.writeBytes(int32(stream));
    pending.writeBytes(payload);
    return this;
  }

  public H2Client flush() throws IOException {
    raw.send(pending.toByteArray());
    pending.reset();
    return this;
  }

  public H2Client headers(int stream, boolean end, String... lines) {
    return frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block(lines));
  }

  public H2Client get(int stream, String path) {
    return headers(stream, true, request("GET", path));
  }

  public static String[] request(String method, String path, String... more) {
    String[] lines = new String[8 + more.length];
    String[] pseudo = {
      ":method", method, ":scheme", "https", ":authority", "sallyport", ":path", path
    };
    System.arraycopy(pseudo, 0, lines, 0, 8);
    System.arraycopy(more, 0, lines, 8, more.length);
    return lines;
  }

  public static byte[] block(String... lines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < lines.length; i += 2) {
      out.write(0);
      string(out, lines[i]);
      string(out, lines[i + 1]);
    }
    return out.toByteArray();
  }

  private static void string(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < 127) {
      out.write(bytes.length);
    } else {
      out.write(127);
      int rest = bytes.length - 127;
      while (rest >= 128) {
        out.write(rest & 127 | 128);
        rest >>= 7;
      }
      out.write(rest);
    }
    out.writeBytes(bytes);
  }

  public Frame read() throws IOException {
    InputStream in = raw.in();
    byte[] head = in.readNBytes(9);
    if (head.length < 9) {
      throw new EOFException("closed");
    }
    int length = (head[0] & 255) << 16 | (head[1] & 255) << 8 | head[2] & 255;
    int stream =
        (head[5] & 127) << 24 | (head[6] & 255) << 16 | (head[7] & 255) << 8 | head[8] & 255;
    return new Frame(head[3], head[4] & 255, stream, in.readNBytes(length));
  }

  /** Reads until a frame fits. */
  public Frame await(Predicate<Frame> fits) throws IOException {
    while (true) {
      Frame frame = read();
      if (fits.test(frame)) {
        return frame;
      }
      if (frame.type() == GOAWAY) {
        throw new AssertionError("GOAWAY " + frame.code() + " " + frame.text());
      }
    }
  }

  public Frame await(int type, int stream) throws IOException {
    return await(frame -> frame.type() == type && frame.stream() == stream);
  }

  /** The error code of the GOAWAY that ends the connection. */
  public int awaitGoAway() throws IOException {
    return await(frame -> frame.type() == GOAWAY).code();
  }

  /** Reads until the end; a reset counts as one. */
  public void awaitClose() {
    try {
      while (true) {
        read();
      }
    } catch (IOException closed) {
      // what was waited for
    }
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }
}
