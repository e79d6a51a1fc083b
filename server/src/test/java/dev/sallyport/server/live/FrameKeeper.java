package dev.sallyport.server.live;

import dev.sallyport.server.endpoint.proxy.StubUpstream;
import dev.sallyport.server.netty.http2.H2Client;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A backend that speaks HTTP/2 without TLS by hand, and keeps every request it was sent. Whole ones
 * are answered with {@code served}.
 */
final class FrameKeeper implements AutoCloseable {

  private static final int PREFACE = 24;

  /** A request as far as it came. */
  static final class Seen {
    private final List<String> fields;
    private final List<String> trailers = new CopyOnWriteArrayList<>();
    private final StringBuffer body = new StringBuffer();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean whole;

    Seen(List<String> fields) {
      this.fields = fields;
    }

    /** Name, colon, blank, value. */
    List<String> fields() {
      return fields;
    }

    List<String> trailers() {
      return trailers;
    }

    String body() {
      return body.toString();
    }

    /** Waits for its end or its reset; says whether it was the end. */
    boolean whole() throws InterruptedException {
      if (!over.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("neither ended nor reset: " + fields);
      }
      return whole;
    }

    /** Whether its end has come by now. */
    boolean isWhole() {
      return whole;
    }

    private void end(boolean well) {
      whole = well;
      over.countDown();
    }

    /** Its lines as HTTP/1.1 would have them. */
    StubUpstream.Seen lines() {
      StringBuilder head = new StringBuilder();
      for (String field : fields) {
        if (field.startsWith(":authority: ")) {
          head.append("host: ").append(field.substring(12)).append("\r\n");
        } else if (!field.startsWith(":") && !field.equals("te: trailers")) {
          head.append(field).append("\r\n");
        }
      }
      return new StubUpstream.Seen("\r\n" + head + "\r\n", body());
    }
  }

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  FrameKeeper() throws IOException {
    start(this::accept);
  }

  String url() {
    return "h2c://127.0.0.1:" + listener.getLocalPort();
  }

  String authority() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** All requests, whole or not. */
  List<Seen> seen() {
    return seen;
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "frame-keeper");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket socket) {
    Map<Integer, Seen> running = new HashMap<>();
    try (socket) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      whole(in, PREFACE);
      frame(out, H2Client.SETTINGS, 0, 0, new byte[0]);
      DefaultHttp2HeadersDecoder hpack = new DefaultHttp2HeadersDecoder(false);
      while (true) {
        take(in, out, hpack, running);
      }
    } catch (IOException gone) {
      running.values().forEach(each -> each.end(false));
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }

  private void take(
      InputStream in,
      OutputStream out,
      DefaultHttp2HeadersDecoder hpack,
      Map<Integer, Seen> running)
      throws Exception {
    byte[] head = whole(in, 9);
    byte[] payload = whole(in, (head[0] & 255) << 16 | (head[1] & 255) << 8 | head[2] & 255);
    int stream = (head[7] & 255) << 8 | head[8] & 255;
    switch (head[3]) {
      case H2Client.HEADERS -> headers(running, stream, hpack, payload);
      case H2Client.DATA ->
          Objects.requireNonNull(running.get(stream))
              .body
              .append(new String(payload, StandardCharsets.ISO_8859_1));
      case H2Client.RST_STREAM -> ended(running, stream, false);
      case H2Client.SETTINGS -> {
        if (head[4] == 0) {
          frame(out, H2Client.SETTINGS, 1, 0, new byte[0]);
        }
      }
      default -> {}
    }
    boolean carries = head[3] == H2Client.HEADERS || head[3] == H2Client.DATA;
    if (carries && (head[4] & H2Client.END_STREAM) != 0) {
      ended(running, stream, true);
      // :status 200, from the static table
      frame(out, H2Client.HEADERS, H2Client.END_HEADERS, stream, new byte[] {(byte) 0x88});
      frame(
          out,
          H2Client.DATA,
          H2Client.END_STREAM,
          stream,
          "served".getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static void ended(Map<Integer, Seen> running, int stream, boolean well) {
    Objects.requireNonNull(running.remove(stream)).end(well);
  }

  private void headers(
      Map<Integer, Seen> running, int stream, DefaultHttp2HeadersDecoder hpack, byte[] block)
      throws Exception {
    Http2Headers decoded = hpack.decodeHeaders(stream, Unpooled.wrappedBuffer(block));
    List<String> fields = new ArrayList<>();
    decoded.forEach(entry -> fields.add(entry.getKey() + ": " + entry.getValue()));
    Seen known = running.get(stream);
    if (known != null) {
      known.trailers.addAll(fields);
    } else {
      Seen fresh = new Seen(fields);
      running.put(stream, fresh);
      seen.add(fresh);
    }
  }

  private static byte[] whole(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private static void frame(OutputStream out, int type, int flags, int stream, byte[] payload)
      throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(payload.length >> 16);
    frame.write(payload.length >> 8);
    frame.write(payload.length);
    frame.write(type);
    frame.write(flags);
    frame.writeBytes(H2Client.int32(stream));
    frame.writeBytes(payload);
    out.write(frame.toByteArray());
    out.flush();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
