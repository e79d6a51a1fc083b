package dev.sallyport.server.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.resources.custom.ConversionWebhook;
import dev.sallyport.resources.custom.VersionConverter;
import dev.sallyport.webhook.HttpsReply;
import dev.sallyport.webhook.HttpsRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Asks conversion webhooks by ConversionReview. The answer is read on a worker.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#webhook-request-and-response">Webhook
 *     request and response</a>
 */
final class ConversionReviews implements VersionConverter {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String GROUP = "apiextensions.k8s.io/";
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final int ANSWER_LIMIT = 64 << 20;

  private final ConversionClients clients;
  private final Executor workers;

  ConversionReviews(ConversionClients clients, Executor workers) {
    this.clients = clients;
    this.workers = workers;
  }

  @Override
  public Answer<List<ObjectNode>> convert(
      ConversionWebhook webhook, String desiredApiVersion, List<ObjectNode> objects) {
    String uid = UUID.randomUUID().toString();
    byte[] review = review(webhook, desiredApiVersion, objects, uid);
    return clients
        .way(webhook)
        .then(
            way -> {
              HttpsRequest request =
                  HttpsRequest.postJson(
                      timed(way.url()), Optional.empty(), review, DEADLINE, ANSWER_LIMIT);
              return Answer.later(
                  way.client()
                      .send(request)
                      .answer()
                      .toStage()
                      .handleAsync(
                          (reply, failure) -> read(request.url(), uid, reply, failure), workers));
            });
  }

  private static URI timed(URI url) {
    return URI.create(url + "?timeout=" + DEADLINE.toSeconds() + "s");
  }

  private static byte[] review(
      ConversionWebhook webhook, String desired, List<ObjectNode> objects, String uid) {
    ObjectNode review = MAPPER.createObjectNode();
    boolean first = webhook.reviewVersions().contains("v1");
    review.put("kind", "ConversionReview").put("apiVersion", GROUP + (first ? "v1" : "v1beta1"));
    ObjectNode request = review.putObject("request");
    request.put("uid", uid).put("desiredAPIVersion", desired);
    ArrayNode list = request.putArray("objects");
    objects.forEach(list::add);
    try {
      return MAPPER.writeValueAsBytes(review);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<ObjectNode> read(
      URI url,
      String uid,
      @org.jspecify.annotations.Nullable HttpsReply reply,
      @org.jspecify.annotations.Nullable Throwable failure) {
    if (reply == null) {
      String why = failure == null ? "no answer" : Answer.unwrap(failure).getMessage();
      throw refusal("Post \"" + url + "\": " + why);
    }
    if (!reply.successful()) {
      throw refusal("the webhook answered " + reply.status());
    }
    JsonNode response;
    try {
      response = MAPPER.readTree(reply.body()).path("response");
    } catch (IOException e) {
      throw refusal("the webhook's answer is no JSON");
    }
    if (!response.path("uid").asText().equals(uid)) {
      throw refusal(
          "expected response.uid=%s, got %s".formatted(uid, response.path("uid").asText()));
    }
    JsonNode result = response.path("result");
    if (!result.path("status").asText().equals("Success")) {
      String message = result.path("message").asText();
      throw refusal(message.isEmpty() ? "response.result.status was not Success" : message);
    }
    return objects(response.path("convertedObjects"));
  }

  private static List<ObjectNode> objects(JsonNode converted) {
    List<ObjectNode> objects = new ArrayList<>(converted.size());
    for (JsonNode object : converted) {
      if (!(object instanceof ObjectNode tree)) {
        throw refusal("the webhook returned what is no object");
      }
      objects.add(tree);
    }
    return objects;
  }

  private static CompletionException refusal(String why) {
    return new CompletionException(new IllegalArgumentException(why));
  }
}
