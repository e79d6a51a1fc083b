package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real nginx on loopback: /echo tells the headers it was sent, /files/ serves a folder. */
final class Nginx implements AutoCloseable {

  private final Path folder;
  private final int port;
  private final Process process;

  private Nginx(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  static Nginx start(Path folder) throws IOException {
    return start(folder, folder.resolve("sock"));
  }

  /**
   * @param socket a unix domain socket that it listens on too
   */
  static Nginx start(Path folder, Path socket) throws IOException {
    int port = SallyportProcess.freePort();
    Files.createDirectories(folder.resolve("files"));
    Files.writeString(folder.resolve("nginx.conf"), configuration(folder, port, socket));
    String program = Files.isExecutable(Path.of("/usr/sbin/nginx")) ? "/usr/sbin/nginx" : "nginx";
    Process process =
        new ProcessBuilder(program, "-c", folder.resolve("nginx.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    Nginx nginx = new Nginx(folder, port, process);
    nginx.awaitListening();
    return nginx;
  }

  private static String configuration(Path folder, int port, Path socket) {
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
            location = /echo {
              default_type text/plain;
              return 200 "user=$http_x_remote_user;group=$http_x_remote_group;impersonate=$http_impersonate_user;authorization=$http_authorization;";
            }
            location /files/ { root %s; }
          }
        }
        """
        .formatted(
            user, folder, folder, folder, folder, folder, folder, folder, folder, port, socket,
            folder);
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
