package dev.sallyport.server.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An upstream that says its name and what it was asked. */
final class NamedBackend implements AutoCloseable {

  private final String name;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  final AtomicInteger requests = new AtomicInteger();
  final AtomicInteger probes = new AtomicInteger();
  volatile int health = 200;
  volatile int status = 200;

  NamedBackend(String name) throws IOException {
    this(name, 0);
  }

  NamedBackend(String name, int port) throws IOException {
    this.name = name;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    boolean probe = path.equals("/probe");
    (probe ? probes : requests).incrementAndGet();
    String user = exchange.getRequestHeaders().getFirst("X-Remote-User");
    byte[] body =
        (name + " " + exchange.getRequestMethod() + " " + path + " " + user)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("X-Name", name);
    exchange.sendResponseHeaders(probe ? health : status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
