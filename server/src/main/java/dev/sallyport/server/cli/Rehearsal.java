package dev.sallyport.server.cli;

import dev.sallyport.config.KeyPairFiles;
import dev.sallyport.config.LoggingConfig;
import dev.sallyport.config.ServerConfig;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.Certificates;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.server.assembly.InProcess;
import dev.sallyport.server.bootstrap.FirstStart;
import dev.sallyport.server.logging.Logs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A short life of the server for the launcher's class-data archive: starts it on a free port with a
 * throw-away folder, asks it what kubectl asks first, ends it. What was loaded on the way is what
 * the archive holds.
 */
public final class Rehearsal {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int FAILED = 1;

  private Rehearsal() {}

  /** Takes no arguments; exit code 0 if the server answered. */
  public static void main(String[] args) {
    int code = FAILED;
    try {
      Path data = Files.createTempDirectory("sallyport-rehearsal");
      try {
        perform(data);
        code = 0;
      } finally {
        delete(data);
      }
    } catch (Exception e) {
      System.err.println("sallyport: the rehearsal failed: " + e);
    }
    System.exit(code);
  }

  private static void perform(Path data) throws Exception {
    Logs.silence();
    List<String> flags = List.of("--data-dir=" + data, "--secure-port=0");
    Logs.configure(new LoggingConfig(0, LoggingConfig.Format.TEXT));
    InProcess started = Wait.on(InProcess.start(flags, Clock.systemUTC()));
    try {
      FirstStart.writeKubeconfig(started.config(), started.port());
      for (HttpClient.Version version : HttpClient.Version.values()) {
        ask(client(started.config(), version), started.url());
      }
    } finally {
      var unused = Wait.on(started.server().stop());
    }
  }

  private static void ask(HttpClient client, String url) throws IOException, InterruptedException {
    String maps = "/api/v1/namespaces/default/configmaps";
    for (String path :
        List.of("/readyz", "/version", "/api", "/apis", "/api/v1/namespaces", maps)) {
      send(client, HttpRequest.newBuilder(URI.create(url + path)).GET());
    }
    send(
        client,
        HttpRequest.newBuilder(URI.create(url + maps))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"generateName\":"
                        + "\"rehearsal-\"},\"data\":{\"a\":\"b\"}}")));
  }

  private static void send(HttpClient client, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    var unused =
        client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.discarding());
  }

  private static HttpClient client(ServerConfig config, HttpClient.Version version)
      throws GeneralSecurityException, IOException, InvalidFileException {
    KeyPairFiles admin = config.bootstrap().adminPair();
    CertifiedKey pair = CertifiedKey.read(admin.certificate(), admin.key());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        "admin", pair.key(), new char[0], pair.chain().toArray(X509Certificate[]::new));
    keys.setCertificateEntry("ca", Certificates.read(FirstStart.trust(config)).get(0));
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, new char[0]);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return HttpClient.newBuilder()
        .version(version)
        .sslContext(context)
        .connectTimeout(PATIENCE)
        .build();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
