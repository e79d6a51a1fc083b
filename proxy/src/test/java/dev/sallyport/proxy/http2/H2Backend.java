package dev.sallyport.proxy.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A backend that speaks HTTP/2 without TLS by hand, the forbidden frames too. Netty's clients begin
 * with stream 3.
 */
final class H2Backend implements AutoCloseable {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PUSH_PROMISE = 5;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int ACK = 1;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  private static final int PREFACE = 24;

  /** What the backend does with a connection; its end closes it. */
  interface Script {
    void run(Connection connection) throws Exception;
  }

  record Frame(int type, int flags, int stream, byte[] payload) {
    int code() {
      return (payload[0] & 255) << 24
          | (payload[1] & 255) << 16
          | (payload[2] & 255) << 8
          | payload[3] & 255;
    }

    boolean ends() {
      return (flags & END_STREAM) != 0;
    }
  }

  final AtomicInteger connections = new AtomicInteger();
  final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ServerSocket listener;
  private final Script script;

  H2Backend(Script script) throws IOException {
    this.script = script;
    this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        socket.setSoTimeout(20_000);
        open.add(socket);
        threads.execute(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      script.run(new Connection(socket, connections.incrementAndGet()));
    } catch (EOFException | java.net.SocketException gone) {
      // the gateway has closed the connection
    } catch (Exception | AssertionError broken) {
      failure.compareAndSet(null, broken);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }

  static byte[] int32(int value) {
    return new byte[] {
      (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
    };
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A header block of literals without indexing. */
  static byte[] block(String... lines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < lines.length; i += 2) {
      out.write(0);
      string(out, lines[i]);
      string(out, lines[i + 1]);
    }
    return out.toByteArray();
  }

  private static void string(ByteArrayOutputStream out, String text) {
    byte[] bytes = bytes(text);
    if (bytes.length >= 127) {
      throw new IllegalArgumentException("too long for a test");
    }
    out.write(bytes.length);
    out.writeBytes(bytes);
  }

  /** One connection, whose number counts from one. */
  static final class Connection {

    final int number;
    private final InputStream in;
    private final OutputStream out;
    private final DefaultHttp2HeadersDecoder hpack = new DefaultHttp2HeadersDecoder(false);

    private Connection(Socket socket, int number) throws IOException {
      this.number = number;
      this.in = socket.getInputStream();
      this.out = socket.getOutputStream();
    }

    /** Reads the preface, sends settings (identifiers and values side by side) and takes ours. */
    Connection greet(int... settings) throws IOException {
      if (in.readNBytes(PREFACE).length < PREFACE) {
        throw new EOFException();
      }
      ByteArrayOutputStream payload = new ByteArrayOutputStream();
      for (int i = 0; i < settings.length; i += 2) {
        payload.write(settings[i] >> 8);
        payload.write(settings[i]);
        payload.writeBytes(int32(settings[i + 1]));
      }
      return frame(SETTINGS, 0, 0, payload.toByteArray()).frame(SETTINGS, ACK, 0, new byte[0]);
    }

    Connection raw(String text) throws IOException {
      out.write(bytes(text));
      return this;
    }

    Connection frame(int type, int flags, int stream, byte[] payload) throws IOException {
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      frame.write(payload.length >> 16);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
      frame.write(type);
      frame.write(flags);
      frame.writeBytes(int32(stream));
      frame.writeBytes(payload);
      out.write(frame.toByteArray());
      return this;
    }

    Connection headers(int stream, boolean end, String... lines) throws IOException {
      return frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block(lines));
    }

    Connection data(int stream, boolean end, String text) throws IOException {
      return frame(DATA, end ? END_STREAM : 0, stream, bytes(text));
    }

    Connection ok(int stream, String text) throws IOException {
      return headers(stream, false, ":status", "200").data(stream, true, text);
    }

    Connection reset(int stream, int code) throws IOException {
      return frame(RST_STREAM, 0, stream, int32(code));
    }

    Connection goAway(int last, int code) throws IOException {
      byte[] payload = new byte[8];
      System.arraycopy(int32(last), 0, payload, 0, 4);
      System.arraycopy(int32(code), 0, payload, 4, 4);
      return frame(GOAWAY, 0, 0, payload);
    }

    Frame read() throws IOException {
      byte[] head = in.readNBytes(9);
      if (head.length < 9) {
        throw new EOFException();
      }
      int length = (head[0] & 255) << 16 | (head[1] & 255) << 8 | head[2] & 255;
      int stream =
          (head[5] & 127) << 24 | (head[6] & 255) << 16 | (head[7] & 255) << 8 | head[8] & 255;
      return new Frame(head[3], head[4] & 255, stream, in.readNBytes(length));
    }

    Frame await(int type) throws IOException {
      while (true) {
        Frame frame = read();
        if (frame.type() == type) {
          return frame;
        }
      }
    }

    /** The next request's or trailers' fields, each as {@code name: value}. */
    List<String> fields(Frame headers) throws Exception {
      ByteBuf block = Unpooled.wrappedBuffer(headers.payload());
      Http2Headers decoded = hpack.decodeHeaders(headers.stream(), block);
      List<String> lines = new ArrayList<>();
      decoded.forEach(entry -> lines.add(entry.getKey() + ": " + entry.getValue()));
      return lines;
    }

    /** Reads until the gateway closes. */
    void drain() throws IOException {
      while (true) {
        read();
      }
    }
  }
}
