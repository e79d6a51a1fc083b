package dev.sallyport.webhook.post;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.webhook.HttpsReply;
import dev.sallyport.webhook.post.WebhookException.Kind;
import java.time.Duration;

/** Asks a webhook for a review and takes nothing for an answer that is not one. */
public final class Reviewer implements AutoCloseable {

  private final WebhookClient client;
  private final Duration perCall;
  private final Duration whole;

  /**
   * @param perCall how long one call may take
   * @param whole how long all calls together may take
   */
  public Reviewer(WebhookClient client, Duration perCall, Duration whole) {
    this.client = client;
    this.perCall = perCall;
    this.whole = whole;
  }

  /**
   * @param review with apiVersion, kind and spec
   * @return the status of the answered review; fails as {@link WebhookClient#post} does
   */
  public Answer<ObjectNode> ask(ObjectNode review) {
    String version = review.path("apiVersion").asText();
    String kind = review.path("kind").asText();
    return client
        .post(Json.write(review), perCall, whole)
        .then(reply -> status(reply, version, kind));
  }

  private static Answer<ObjectNode> status(HttpsReply reply, String version, String kind) {
    try {
      JsonNode answer = Json.read(reply.body());
      boolean same =
          answer.path("apiVersion").asText().equals(version)
              && answer.path("kind").asText().equals(kind);
      if (same && answer.get("status") instanceof ObjectNode status) {
        return Answer.now(status);
      }
      return refused("the webhook answered no " + kind + " of " + version);
    } catch (JsonProcessingException e) {
      // Without the parser's words, which quote what was answered.
      return refused("the webhook answered no JSON");
    }
  }

  private static Answer<ObjectNode> refused(String why) {
    return Answer.failed(new WebhookException(Kind.ERROR, false, why, null));
  }

  @Override
  public void close() {
    client.close();
  }
}
