package dev.sallyport.server.assembly;

import dev.sallyport.config.ServerConfig;
import dev.sallyport.config.options.FileChecks;
import dev.sallyport.config.options.Invocation;
import dev.sallyport.config.options.ServerOptions;
import dev.sallyport.config.pem.Certificates;
import dev.sallyport.server.bootstrap.FirstStart;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The whole server in this process, on a free port, with a client that trusts it. */
final class RunningServer implements AutoCloseable {

  private final Sallyport server;
  private final HttpClient client;

  private RunningServer(Sallyport server, HttpClient client) {
    this.server = server;
    this.client = client;
  }

  /**
   * @param flags beside data folder, port and storage
   */
  static RunningServer start(Path folder, String... flags) throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of("--data-dir=" + folder, "--secure-port=0", "--storage-engine=memory"));
    line.addAll(List.of(flags));
    Invocation invocation = ServerOptions.read(line, FileChecks.NONE);
    ServerConfig config = ((Invocation.Serve) invocation).config();
    FirstStart.prepare(config, Clock.systemUTC());
    Sallyport server = Sallyport.start(config).toCompletableFuture().get(60, TimeUnit.SECONDS);
    return new RunningServer(server, client(FirstStart.trust(config)));
  }

  private static HttpClient client(Path authority) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", Certificates.read(authority).get(0));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    // Over HTTP/2 a connection ends with the first 401, also for requests that share it.
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(context).build();
  }

  /** The answer's code to a GET with a bearer token. */
  int status(String token, String path) throws Exception {
    return get(token, path).get(90, TimeUnit.SECONDS).statusCode();
  }

  CompletableFuture<HttpResponse<String>> get(String token, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.address().getPort() + path))
            .header("Authorization", "Bearer " + token)
            .timeout(Duration.ofSeconds(90))
            .build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() throws Exception {
    server.stop().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
