package dev.sallyport.proxy.http1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A server whose every byte is written by hand. */
final class Backend implements AutoCloseable {

  /** Serves one connection, which is closed when this returns. */
  interface Script {
    void serve(int connection, InputStream in, OutputStream out, Socket socket) throws IOException;
  }

  private final ServerSocket server;
  private final Script script;
  final AtomicInteger connections = new AtomicInteger();

  Backend(Script script) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.script = script;
    start("backend-accept", this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        int number = connections.getAndIncrement();
        start("backend-" + number, () -> serve(number, socket));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(int number, Socket socket) {
    try (socket) {
      script.serve(number, socket.getInputStream(), socket.getOutputStream(), socket);
    } catch (IOException gone) {
      // the other side has closed
    }
  }

  /** Reads up to an empty line; "" at the connection's end. */
  static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        return "";
      }
      head.append((char) b);
    }
    return head.toString();
  }

  static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
