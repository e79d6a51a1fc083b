package dev.sallyport.server.live;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A backend that gives each connection's first request one answer, by the hand of the test, and
 * keeps every byte that comes before and after.
 */
final class ByteKeeper implements AutoCloseable {

  private final ServerSocket server;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  ByteKeeper() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** What the next requests are answered with. */
  ByteKeeper answering(String bytes) {
    answer = bytes;
    return this;
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  /** All that was sent here. */
  String bytes() {
    synchronized (kept) {
      return kept.toString(StandardCharsets.ISO_8859_1);
    }
  }

  /** What was sent behind the first request's head, when its connection is over. */
  String behindTheHead() throws InterruptedException {
    if (!ended.await(20, TimeUnit.SECONDS)) {
      throw new AssertionError("the connection is still open; it brought:\n" + bytes());
    }
    String all = bytes();
    return all.substring(all.indexOf("\r\n\r\n") + 4);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "byte-keeper");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.incrementAndGet();
        start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket socket) {
    boolean answered = false;
    try (socket) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        synchronized (kept) {
          kept.write(b);
        }
        if (!answered && bytes().endsWith("\r\n\r\n")) {
          answered = true;
          out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
          out.flush();
        }
      }
    } catch (IOException reset) {
      // as good an end as any
    } finally {
      ended.countDown();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
