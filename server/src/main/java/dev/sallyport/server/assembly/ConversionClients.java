package dev.sallyport.server.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.Answer;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.Certificates;
import dev.sallyport.resources.codec.BuiltInCodec;
import dev.sallyport.resources.custom.ConversionWebhook;
import dev.sallyport.store.Key;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.webhook.HttpsClient;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.TlsPeer;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ways to conversion webhooks: by URL, or by a Service's cluster address where one routes to
 * it. Clients are kept with their connections, the most recently used of them.
 */
final class ConversionClients implements AutoCloseable {

  private static final int KEPT = 32;
  private static final String SERVICES = "services/specs";

  private final HttpsConnector connector;
  private final BuiltInCodec codec;
  private final Map<String, HttpsClient> clients = new LinkedHashMap<>(KEPT, 0.75f, true);
  private volatile @Nullable ResourceStore store;

  /** Whom to ask, and how. */
  record Way(URI url, HttpsClient client) {}

  ConversionClients(HttpsConnector connector, BuiltInCodec codec) {
    this.connector = connector;
    this.codec = codec;
  }

  /** Where Services are found. */
  void services(ResourceStore opened) {
    store = opened;
  }

  /** Fails with a message in one line when there is no way. */
  Answer<Way> way(ConversionWebhook webhook) {
    if (!webhook.url().isEmpty()) {
      return Answer.now(
          new Way(URI.create(webhook.url()), client(webhook.authorities(), Optional.empty())));
    }
    JsonNode service = webhook.service();
    String namespace = service.path("namespace").asText();
    String name = service.path("name").asText();
    ResourceStore opened = store;
    if (opened == null) {
      throw new IllegalStateException("the store is not open yet");
    }
    return opened
        .get(new Key(SERVICES, namespace, name))
        .map(
            found -> {
              if (found.isEmpty()) {
                throw new IllegalArgumentException("service \"" + name + "\" not found");
              }
              JsonNode spec = codec.read(found.get().json()).path("spec");
              URI url = address(service, spec, name, namespace);
              return new Way(
                  url, client(webhook.authorities(), Optional.of(name + "." + namespace + ".svc")));
            });
  }

  private static URI address(JsonNode service, JsonNode spec, String name, String namespace) {
    String host =
        spec.path("type").asText().equals("ExternalName")
            ? spec.path("externalName").asText()
            : spec.path("clusterIP").asText();
    if (host.isEmpty() || host.equals("None")) {
      throw new IllegalArgumentException(
          "service \"%s/%s\" has no cluster address to reach it by".formatted(namespace, name));
    }
    String literal = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return URI.create(
        "https://" + literal + ":" + service.path("port").asInt() + service.path("path").asText());
  }

  private synchronized HttpsClient client(String authorities, Optional<String> serverName) {
    HttpsClient client =
        clients.computeIfAbsent(
            serverName.orElse("") + "\n" + authorities,
            key ->
                connector.client(
                    new TlsPeer(certificates(authorities), Optional.empty(), serverName)));
    if (clients.size() > KEPT) {
      Iterator<HttpsClient> oldest = clients.values().iterator();
      oldest.next().close();
      oldest.remove();
    }
    return client;
  }

  private static List<X509Certificate> certificates(String authorities) {
    if (authorities.isEmpty()) {
      return List.of();
    }
    try {
      byte[] pem = Base64.getDecoder().decode(authorities);
      return Certificates.parse(new FileContent(Path.of("caBundle"), pem));
    } catch (InvalidFileException e) {
      throw new IllegalArgumentException("caBundle " + e.fault(), e);
    }
  }

  @Override
  public synchronized void close() {
    clients.values().forEach(HttpsClient::close);
    clients.clear();
  }
}
