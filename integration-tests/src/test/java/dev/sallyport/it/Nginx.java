package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real nginx on loopback: /echo tells the headers it was sent, /files/ serves a folder. */
final class Nginx implements AutoCloseable {

  private final Path folder;
  private final int port;
  private final Process process;
  private final List<Integer> secure;

  private Nginx(Path folder, int port, List<Integer> secure, Process process) {
    this.folder = folder;
    this.port = port;
    this.secure = secure;
    this.process = process;
  }

  static Nginx start(Path folder) throws IOException {
    return start(folder, folder.resolve("sock"));
  }

  /**
   * @param socket a unix domain socket that it listens on too
   */
  static Nginx start(Path folder, Path socket) throws IOException {
    return start(folder, socket, List.of(), "");
  }

  /** One with TLS too: on {@link #http2Port} with h2, on {@link #tlsPort} without. */
  static Nginx secure(Path folder, Path certificate, Path key) throws IOException {
    List<Integer> ports = List.of(SallyportProcess.freePort(), SallyportProcess.freePort());
    String more =
        """
            listen 127.0.0.1:%d ssl http2;
            listen 127.0.0.1:%d ssl;
            ssl_certificate %s; ssl_certificate_key %s;
        """
            .formatted(ports.get(0), ports.get(1), certificate, key);
    return start(folder, folder.resolve("sock"), ports, more);
  }

  private static Nginx start(Path folder, Path socket, List<Integer> secure, String more)
      throws IOException {
    int port = SallyportProcess.freePort();
    Files.createDirectories(folder.resolve("files"));
    Files.writeString(folder.resolve("nginx.conf"), configuration(folder, port, socket, more));
    String program = Files.isExecutable(Path.of("/usr/sbin/nginx")) ? "/usr/sbin/nginx" : "nginx";
    Process process =
        new ProcessBuilder(program, "-c", folder.resolve("nginx.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    Nginx nginx = new Nginx(folder, port, secure, process);
    nginx.awaitListening();
    return nginx;
  }

  private static String configuration(Path folder, int port, Path socket, String more) {
    String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
    return """
    %s daemon off; master_process off; worker_processes 1;
    pid %s/pid; error_log %s/error.log;
    events { worker_connections 256; }
    http {
      access_log %s/access.log;
      client_body_temp_path %s/b; proxy_temp_path %s/p; fastcgi_temp_path %s/f;
      uwsgi_temp_path %s/u; scgi_temp_path %s/s;
      underscores_in_headers on;
      server {
        listen 127.0.0.1:%d;
        listen unix:%s;
        %s
        location = /echo {
          default_type text/plain;
          return 200 "protocol=$server_protocol;user=$http_x_remote_user;group=$http_x_remote_group;impersonate=$http_impersonate_user;authorization=$http_authorization;";
        }
        location /files/ { root %s; }
        location = /small { client_max_body_size 1k; lingering_close off; return 200 "small"; }
      }
    }
    """
        .formatted(
            user, folder, folder, folder, folder, folder, folder, folder, folder, port, socket,
            more, folder);
  }

  private void awaitListening() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < end) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        pause();
      }
    }
    fail("nginx does not listen");
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int port() {
    return port;
  }

  int http2Port() {
    return secure.get(0);
  }

  int tlsPort() {
    return secure.get(1);
  }

  /** The folder behind /files/. */
  Path root() {
    return folder.resolve("files");
  }

  String accessLog() {
    try {
      return Files.readString(folder.resolve("access.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
