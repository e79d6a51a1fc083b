package dev.sallyport.webhook.post;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.webhook.HttpsReply;
import dev.sallyport.webhook.post.WebhookException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An answer that is no success, told as Kubernetes' clients tell it. */
final class ServerFault {

  private static final int LONGEST = 1024;

  private ServerFault() {}

  static WebhookException of(HttpsReply reply) {
    boolean again =
        reply.header("Retry-After") != null
            || switch (reply.status()) {
              case 429, 504 -> true;
              case 503 -> false;
              default -> reply.status() >= 500;
            };
    return new WebhookException(Kind.ERROR, again, message(reply), null);
  }

  private static String message(HttpsReply reply) {
    String status = statusMessage(reply);
    if (status != null) {
      return oneLine(status);
    }
    return switch (reply.status()) {
      case 400 -> "the server rejected our request for an unknown reason";
      case 401 -> "the server has asked for the client to provide credentials";
      case 403 -> oneLine(said(reply));
      case 404 -> "the server could not find the requested resource";
      case 405 -> "the server does not allow this method on the requested resource";
      case 409 -> "the server reported a conflict";
      case 422 -> "the server rejected our request due to an error in our request";
      case 429 -> "the server has received too many requests and has asked us to try again later";
      case 503 -> "the server is currently unable to handle the request";
      case 504 ->
          "the server was unable to return a response in the time allotted, but may still be"
              + " processing the request";
      default -> other(reply);
    };
  }

  private static String other(HttpsReply reply) {
    if (reply.status() >= 500) {
      return "an error on the server (\""
          + oneLine(said(reply)).replace("\"", "\\\"")
          + "\") has prevented the request from succeeding";
    }
    return "the server responded with the status code "
        + reply.status()
        + " but did not return more information";
  }

  /** What a plain text says; other forms are not for people. */
  private static String said(HttpsReply reply) {
    String type = reply.header("Content-Type");
    boolean text = type == null || type.toLowerCase(Locale.ROOT).startsWith("text/");
    return text ? new String(reply.body(), StandardCharsets.UTF_8).strip() : "unknown";
  }

  /** The message of a Status, as a Kubernetes-like server answers it. */
  private static @Nullable String statusMessage(HttpsReply reply) {
    try {
      JsonNode body = Json.read(reply.body());
      String message = body.path("message").asText();
      return body.path("kind").asText().equals("Status") && !message.isEmpty() ? message : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static String oneLine(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return cut.replace('\n', ' ').replace('\r', ' ');
  }
}
