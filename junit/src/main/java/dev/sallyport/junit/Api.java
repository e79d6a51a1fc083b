package dev.sallyport.junit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the server as its administrator. The client is made by the first question. */
final class Api {

  /** As {@code kubectl apply --server-side} sends it. */
  private static final String APPLY = "application/apply-patch+yaml";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Supplier<Credentials> administrator;
  private @Nullable Connected connected;

  private record Connected(String url, HttpClient client) {}

  Api(Supplier<Credentials> administrator) {
    this.administrator = administrator;
  }

  JsonNode get(String path) {
    return send("GET", path, "application/json", "");
  }

  JsonNode create(String path, String json) {
    return send("POST", path, "application/json", json);
  }

  /** Server-side apply; what others own is taken over. */
  void apply(String path, String yaml) {
    var unused = send("PATCH", path + "?fieldManager=sallyport-junit&force=true", APPLY, yaml);
  }

  private JsonNode send(String method, String path, String contentType, String body) {
    Connected to = connected();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(to.url() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Accept", "application/json")
            .header("Content-Type", contentType)
            .timeout(PATIENCE)
            .build();
    try {
      HttpResponse<String> response = to.client().send(request, BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new RequestFailedException(response.statusCode(), message(response.body()));
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new RequestFailedException(method + " " + path + " had no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RequestFailedException(method + " " + path + " was interrupted", e);
    }
  }

  private static String message(String body) {
    try {
      return JSON.readTree(body).path("message").asText(body);
    } catch (JsonProcessingException e) {
      return body;
    }
  }

  private synchronized Connected connected() {
    if (connected == null) {
      Credentials credentials = administrator.get();
      HttpClient client =
          HttpClient.newBuilder()
              .sslContext(credentials.sslContext())
              .connectTimeout(PATIENCE)
              .build();
      connected = new Connected(credentials.url(), client);
    }
    return connected;
  }
}
