package dev.sallyport.server.live;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An upstream that remembers the headers it was sent. */
final class StubBackend implements AutoCloseable {

  private final HttpServer server;
  private final LinkedBlockingQueue<Map<String, List<String>>> requests =
      new LinkedBlockingQueue<>();

  StubBackend() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Map<String, List<String>> headers = new TreeMap<>();
          exchange
              .getRequestHeaders()
              .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
          requests.add(headers);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The headers of the next request, names in lower case. */
  Map<String, List<String>> request() throws InterruptedException {
    Map<String, List<String>> headers = requests.poll(20, TimeUnit.SECONDS);
    if (headers == null) {
      throw new AssertionError("the upstream saw no request");
    }
    return headers;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
