package dev.sallyport.server.endpoint.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;

/** A backend whose bytes are written by hand, and that keeps every byte it was sent. */
public final class StubUpstream implements AutoCloseable {

  /** A request as it arrived. */
  public record Seen(String head, String body) {
    public boolean has(String line) {
      return head.toLowerCase(Locale.ROOT)
          .contains("\r\n" + line.toLowerCase(Locale.ROOT) + "\r\n");
    }

    public boolean names(String name) {
      return head.toLowerCase(Locale.ROOT).contains("\r\n" + name.toLowerCase(Locale.ROOT) + ":");
    }
  }

  /** Answers one request; false ends the connection. */
  public interface Script {
    boolean answer(Seen request, OutputStream out) throws IOException;
  }

  /** Serves one connection by hand; it is closed when this returns. */
  public interface Wire {
    void serve(InputStream in, OutputStream out) throws IOException;
  }

  /** What one connection was sent, as it came. */
  private static final class Recording extends FilterInputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Recording(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      if (b >= 0) {
        bytes.write(b);
      }
      return b;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = super.read(into, offset, length);
      if (count > 0) {
        bytes.write(into, offset, count);
      }
      return count;
    }

    @Override
    public long skip(long wanted) throws IOException {
      return Math.max(0, read(new byte[(int) Math.min(wanted, 8 << 10)]));
    }
  }

  private final ServerSocket server;
  private final Wire wire;
  private final List<Recording> recordings = new CopyOnWriteArrayList<>();
  public final List<Seen> seen = new CopyOnWriteArrayList<>();

  /** Whose certificates were shown, in order; over TLS only. */
  public final List<String> peers = new CopyOnWriteArrayList<>();

  public final AtomicInteger connections = new AtomicInteger();

  public StubUpstream(Script script) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
  }

  StubUpstream(ServerSocket server, Script script) {
    this.server = server;
    this.wire = (in, out) -> answer(in, out, script);
    thread("stub-accept", this::accept);
  }

  private StubUpstream(Wire wire) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.wire = wire;
    thread("stub-accept", this::accept);
  }

  /** One that reads and writes as the script likes; what it does not read is not recorded. */
  public static StubUpstream byHand(Wire wire) throws IOException {
    return new StubUpstream(wire);
  }

  /** All that a connection has sent so far and somebody has read, one character a byte. */
  public String bytes(int connection) {
    return recordings.get(connection).bytes.toString(StandardCharsets.ISO_8859_1);
  }

  /** All that all connections have sent. */
  public String bytes() {
    StringBuilder all = new StringBuilder();
    for (Recording each : recordings) {
      all.append(each.bytes.toString(StandardCharsets.ISO_8859_1));
    }
    return all.toString();
  }

  public static boolean ok(OutputStream out, String body) throws IOException {
    return raw(
        out,
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  public static boolean raw(OutputStream out, String bytes) throws IOException {
    out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return true;
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  public URI tlsUrl(String host) {
    return URI.create("https://" + host + ":" + server.getLocalPort());
  }

  private static void thread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.incrementAndGet();
        thread("stub-serve", () -> serve(socket));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Recording in = new Recording(socket.getInputStream());
      recordings.add(in);
      if (socket instanceof SSLSocket tls) {
        tls.startHandshake();
        peers.add(tls.getSession().getPeerPrincipal().getName());
      }
      wire.serve(in, socket.getOutputStream());
    } catch (IOException gone) {
      // the other side has closed
    }
  }

  private void answer(InputStream in, OutputStream out, Script script) throws IOException {
    boolean more = true;
    while (more) {
      String head = head(in);
      Seen request = new Seen(head, body(in, head));
      seen.add(request);
      more = script.answer(request, out);
    }
  }

  /** A request's head, its empty line included. */
  public static String head(InputStream in) throws IOException {
    return head("", in);
  }

  private static String head(String before, InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.writeBytes(before.getBytes(StandardCharsets.ISO_8859_1));
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      head.write(byteOf(in));
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static int byteOf(InputStream in) throws IOException {
    int b = in.read();
    if (b < 0) {
      throw new EOFException();
    }
    return b;
  }

  private static String body(InputStream in, String head) throws IOException {
    String lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf("\r\ncontent-length: ");
    if (at >= 0) {
      int end = lower.indexOf("\r\n", at + 2);
      int length = Integer.parseInt(lower.substring(at + 18, end));
      return whole(in, length);
    }
    return lower.contains("\r\ntransfer-encoding: chunked\r\n") ? chunks(in) : "";
  }

  /** What is cut off is no body. */
  private static String whole(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String chunks(InputStream in) throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      StringBuilder line = new StringBuilder();
      while (line.indexOf("\r\n") < 0) {
        line.append((char) byteOf(in));
      }
      int size = Integer.parseInt(line.toString().trim(), 16);
      body.append(whole(in, size));
      if (size == 0) {
        head("\r\n", in); // trailers, or none
        return body.toString();
      }
      in.skipNBytes(2);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
