package dev.sallyport.clients;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server on this machine that can be cut and mended. Passes bytes on as they come. */
final class Cable implements AutoCloseable {
  private final int target;
  private final ServerSocket entrance;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  Cable(int target) throws IOException {
    this.target = target;
    this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    run(this::accept);
  }

  int port() {
    return entrance.getLocalPort();
  }

  /** Breaks every connection; new ones are closed as soon as they come. */
  void cut() {
    cut = true;
    open.forEach(Cable::close);
  }

  void mend() {
    cut = false;
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket here = entrance.accept();
        open.add(here);
        if (cut) {
          close(here);
        } else {
          Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
          open.add(there);
          run(() -> pass(here, there));
          run(() -> pass(there, here));
          if (cut) {
            open.forEach(Cable::close); // it came in between
          }
        }
      } catch (IOException e) {
        continue; // closed, or a client that went
      }
    }
  }

  private void pass(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[16 << 10];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      return; // cut
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void run(Runnable task) {
    Thread thread = new Thread(task, "cable");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      return; // it is closed
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    cut();
  }
}
