package dev.sallyport.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.webhook.CallException;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.HttpsReply;
import dev.sallyport.webhook.HttpsRequest;
import dev.sallyport.webhook.WebhookTarget;
import dev.sallyport.webhook.factory.Connectors;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Asks a server as a kubeconfig file says. Blocks, as only the command line may. */
final class ApiClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LIMIT = 32 << 20;

  /**
   * An answer.
   *
   * @param body missing when the answer is no JSON
   * @param auditId by which the server's log knows the request; "" when it gave none
   */
  record Reply(int status, JsonNode body, String auditId) {
    boolean successful() {
      return status >= 200 && status < 300;
    }

    /** What the server says is wrong. */
    String message() {
      String text = body.path("message").asText();
      return (text.isEmpty() ? "the server answered " + status : text)
          + (auditId.isEmpty() ? "" : " (request " + auditId + ")");
    }
  }

  private final WebhookTarget target;
  private final HttpsConnector connector = Connectors.create();

  ApiClient(WebhookTarget target) {
    this.target = target;
  }

  Reply get(String path) {
    return send("GET", path, new byte[0]);
  }

  Reply post(String path, ObjectNode body) {
    return send("POST", path, body.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sends a request whose body, if there is one, is JSON unless the path says otherwise.
   *
   * @throws CommandFailure when the server cannot be asked
   */
  Reply send(String method, String path, byte[] body) {
    HttpsRequest request =
        new HttpsRequest(
            method,
            url(path),
            List.of("Accept", "application/json", "Content-Type", "application/json"),
            target.authorization(),
            body,
            PATIENCE,
            LIMIT);
    try {
      HttpsReply reply = Wait.on(connector.client(target.peer()).send(request).answer().toStage());
      return new Reply(
          reply.status(),
          json(reply.body()),
          Objects.requireNonNullElse(reply.header("audit-id"), ""));
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof CallException failure) {
        throw new CommandFailure(target.url() + ": " + failure.getMessage());
      }
      throw e;
    }
  }

  private URI url(String path) {
    String base = target.url().toString();
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }

  private static JsonNode json(byte[] body) {
    try {
      JsonNode tree = JSON.readTree(body);
      return tree == null ? MissingNode.getInstance() : tree;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    } catch (IOException e) {
      throw new IllegalStateException(e); // never: it reads memory
    }
  }

  @Override
  public void close() {
    connector.close();
  }
}
