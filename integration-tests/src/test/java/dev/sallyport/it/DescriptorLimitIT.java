package dev.sallyport.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that has no file descriptor left, before a backend and with objects of its own. */
@Needs({"nginx", "curl"})
final class DescriptorLimitIT {

  private static final int LIMIT = 256;
  private static final String BOSS = "Host: x\r\nAuthorization: Bearer t-ann\r\n";
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";

  @TempDir Path folder;

  @Test
  void case184AcceptingPausesAndWhatIsOpenGoesOn() throws Exception {
    Files.writeString(folder.resolve("tokens.csv"), "t-ann,ann,u1,\"system:masters\"\n");
    List<Socket> flood = new ArrayList<>();
    try (Nginx nginx = Nginx.start(Files.createDirectory(folder.resolve("nginx")))) {
      Files.writeString(
          folder.resolve("routes.yaml"),
          """
          apiVersion: sallyport.dev/v1alpha1
          kind: RouteConfiguration
          upstreams: [{name: web, endpoints: [{url: "http://127.0.0.1:%d"}]}]
          routes: [{name: web, match: {pathPrefix: /web}, upstreams: [{name: web}], stripPrefix: true}]
          """
              .formatted(nginx.port()));
      try (SallyportProcess server =
              SallyportProcess.startWithDescriptors(
                  LIMIT, folder, "--token-auth-file=tokens.csv", "--routes-config=routes.yaml");
          Socket kept = connect(server)) {
        Process watch = watch(server);
        try {
          assertTrue(ask(kept, "GET /web/echo", "").contains("user=ann;"));
          Eventually.holds("the watch has begun", () -> watched().contains("kube-root-ca.crt"));

          fill(server, flood);
          long before = cpuTicks(server);
          TimeUnit.SECONDS.sleep(3);
          long spent = cpuTicks(server) - before;
          assertTrue(spent < 150, () -> "of 300 hundredths of a second it was busy for " + spent);

          // Whoever is connected is served on, by the backend too.
          assertTrue(ask(kept, "GET /web/echo", "").contains("user=ann;"));
          String made = "{\"metadata\":{\"name\":\"during\"}}";
          String answer = ask(kept, "POST " + MAPS, made);
          assertTrue(answer.startsWith("HTTP/1.1 201 "), answer);
          Eventually.holds("the watch tells of it", () -> watched().contains("\"during\""));

          closeAll(flood);
          Eventually.holds("newcomers are served again", () -> served(server));
        } finally {
          watch.destroy();
        }
      }
    } finally {
      closeAll(flood);
    }
  }

  private static Socket connect(SallyportProcess server) throws IOException {
    Socket socket =
        PlainHttps.trustingAllContext().getSocketFactory().createSocket("127.0.0.1", server.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** An answer with a length. */
  private static String ask(Socket on, String line, String body) throws IOException {
    String head =
        line
            + " HTTP/1.1\r\n"
            + BOSS
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    on.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
    InputStream in = on.getInputStream();
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      assertTrue(b >= 0, () -> "the connection ended: " + answer);
      answer.append((char) b);
    }
    String lower = answer.toString().toLowerCase(java.util.Locale.ROOT);
    int at = lower.indexOf("content-length: ") + 16;
    int length = Integer.parseInt(lower.substring(at, lower.indexOf("\r\n", at)));
    return answer + new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private Process watch(SallyportProcess server) throws IOException {
    return new ProcessBuilder(
            "curl", "-sSkN", "-H", "Authorization: Bearer t-ann", server.url(MAPS + "?watch=true"))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("watched").toFile())
        .start();
  }

  private String watched() throws IOException {
    return Files.readString(folder.resolve("watched"));
  }

  /** Connects until the server has no descriptor for another one. */
  private static void fill(SallyportProcess server, List<Socket> flood) throws Exception {
    for (int i = 0; i < LIMIT + 50; i++) {
      Socket socket = new Socket();
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), 20_000);
      flood.add(socket);
    }
    Path open = Path.of("/proc", Long.toString(server.pid()), "fd");
    Eventually.holds(
        "all descriptors are taken",
        () -> {
          try (var files = Files.list(open)) {
            return files.count() >= LIMIT - 1;
          }
        });
  }

  private static void closeAll(List<Socket> flood) throws IOException {
    for (Socket socket : flood) {
      socket.close();
    }
    flood.clear();
  }

  private static long cpuTicks(SallyportProcess server) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(server.pid()), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private static boolean served(SallyportProcess server) {
    try {
      return PlainHttps.trustingAll()
              .get(server.url("/web/echo"), "Authorization", "Bearer t-ann")
              .status()
          == 200;
    } catch (SSLException | RuntimeException e) {
      return false;
    }
  }
}
