package dev.sallyport.server.netty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Bytes over TLS, as they are. */
public final class RawClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 15_000;

  private final SSLSocket socket;
  private final InputStream in;
  private final OutputStream out;

  public RawClient(int port, String... protocols) throws Exception {
    this(new Socket("127.0.0.1", port), protocols);
  }

  /** Shakes hands over a connection on which something has been said already. */
  public RawClient(Socket plain, String... protocols) throws Exception {
    socket =
        (SSLSocket)
            TestServer.clientContext()
                .getSocketFactory()
                .createSocket(plain, "127.0.0.1", plain.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.startHandshake();
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  public SSLSocket socket() {
    return socket;
  }

  public InputStream in() {
    return in;
  }

  public RawClient send(String bytes) throws IOException {
    return send(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawClient send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  /** All that comes until the server closes; fails when it does not. */
  public String untilClosed() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        all.write(buffer, 0, n);
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the server did not close; it said:\n" + text(all), e);
    } catch (IOException reset) {
      return text(all);
    }
    return text(all);
  }

  /** Reads until the text has come. */
  public String until(String end) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (!text(all).endsWith(end)) {
      int b = in.read();
      if (b < 0) {
        throw new AssertionError("closed before \"" + end + "\"; it said:\n" + text(all));
      }
      all.write(b);
    }
    return text(all);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
