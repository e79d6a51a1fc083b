package dev.sallyport.server.live;

import dev.sallyport.server.live.LiveServer.Reply;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One HTTP/1.1 connection to a {@link LiveServer}: many requests in turn, or one watch. */
public final class LiveLine implements AutoCloseable {

  private final SSLSocket socket;
  private final InputStream in;
  private boolean over;

  /** What the body of the answer that is being read has left; -1 for a chunked one. */
  private long left;

  private boolean chunked;

  /** What of a watch has been read beyond the last line; all of it is ASCII in tests. */
  private final StringBuilder ahead = new StringBuilder();

  LiveLine(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** Whether the server has closed it, or said it would. */
  public boolean over() {
    return over;
  }

  /** A request without a body. */
  public Reply send(String method, String target, String... headers) throws IOException {
    return exchange(method, target, new byte[0], headers);
  }

  /** A request with a body; the answer's head is in lower case. */
  public Reply exchange(String method, String target, byte[] body, String... headers)
      throws IOException {
    request(method, target, body, headers);
    String head = head();
    boolean bodiless = method.equals("HEAD");
    byte[] answered = bodiless ? new byte[0] : body();
    return new Reply(
        status(head), head.toLowerCase(Locale.ROOT), new String(answered, StandardCharsets.UTF_8));
  }

  /** As {@link #exchange}, answering the body alone, as it came. */
  public byte[] bytes(String target, String... headers) throws IOException {
    request("GET", target, new byte[0], headers);
    String head = head();
    byte[] answered = body();
    if (status(head) != 200) {
      throw new IOException(head + new String(answered, StandardCharsets.UTF_8));
    }
    return answered;
  }

  /** Sends a request and reads the answer's head only; the body comes by {@link #read}. */
  public String open(String target, String... headers) throws IOException {
    request("GET", target, new byte[0], headers);
    return head();
  }

  private void request(String method, String target, byte[] body, String... headers)
      throws IOException {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: x\r\n");
    for (String line : headers) {
      head.append(line).append("\r\n");
    }
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
    socket.getOutputStream().write(out.toByteArray());
    socket.getOutputStream().flush();
  }

  static int status(String head) {
    return Integer.parseInt(head.substring(9, 12));
  }

  private String head() throws IOException {
    StringBuilder head = new StringBuilder();
    for (String line = headLine(); !line.isEmpty(); line = headLine()) {
      head.append(line).append('\n');
    }
    String lower = head.toString().toLowerCase(Locale.ROOT);
    over = lower.contains("\nconnection: close");
    chunked = lower.contains("\ntransfer-encoding: chunked");
    int at = lower.indexOf("\ncontent-length: ");
    left = at < 0 ? 0 : Long.parseLong(lower.substring(at + 17, lower.indexOf('\n', at + 1)));
    return head.toString();
  }

  private String headLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        over = true;
        throw new EOFException("the connection ended amid " + line);
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  private byte[] body() throws IOException {
    if (!chunked) {
      return in.readNBytes(Math.toIntExact(left));
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece = read(); piece != null; piece = read()) {
      all.write(piece);
    }
    return all.toByteArray();
  }

  /** What is left of the body whose head {@link #open} has read. */
  public byte[] rest() throws IOException {
    return body();
  }

  /** The next chunk of the answer's body, or null behind the last. */
  public byte @Nullable [] read() throws IOException {
    int size = Integer.parseInt(headLine(), 16);
    byte[] piece = in.readNBytes(size);
    headLine();
    return size == 0 ? null : piece;
  }

  /** The next line of a watch, or null behind the last. */
  public @Nullable String line() throws IOException {
    int end = ahead.indexOf("\n");
    while (end < 0) {
      byte[] piece = read();
      if (piece == null) {
        return null;
      }
      int before = ahead.length();
      ahead.append(new String(piece, StandardCharsets.UTF_8));
      end = ahead.indexOf("\n", before);
    }
    String line = ahead.substring(0, end);
    ahead.delete(0, end + 1);
    return line;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
