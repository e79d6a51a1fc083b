package dev.sallyport.resources.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Conversion by a webhook, and what it may not do: of the metadata, labels and annotations alone
 * may differ.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#webhook-conversion">Webhook
 *     conversion</a>
 */
final class WebhookConversion {

  private final VersionConverter converter;
  private final ConversionWebhook webhook;

  WebhookConversion(VersionConverter converter, ConversionWebhook webhook) {
    this.converter = converter;
    this.webhook = webhook;
  }

  /** Fails with 500 in the API's words. */
  Answer<List<ObjectNode>> convert(List<ObjectNode> objects, String desiredApiVersion) {
    Answer<List<ObjectNode>> asked;
    try {
      asked =
          converter
              .convert(webhook, desiredApiVersion, objects)
              .map(converted -> checked(objects, converted, desiredApiVersion));
    } catch (RuntimeException e) {
      throw refusal(objects, e);
    }
    return asked instanceof Answer.Now<List<ObjectNode>>
        ? asked
        : Answer.later(
            asked
                .toStage()
                .exceptionallyCompose(
                    failure ->
                        CompletableFuture.failedFuture(refusal(objects, Answer.unwrap(failure)))));
  }

  private static List<ObjectNode> checked(
      List<ObjectNode> objects, List<ObjectNode> converted, String desired) {
    if (converted.size() != objects.size()) {
      throw new IllegalArgumentException(
          "webhook returned %d objects, expected %d".formatted(converted.size(), objects.size()));
    }
    List<ObjectNode> checked = new ArrayList<>(converted.size());
    for (int i = 0; i < converted.size(); i++) {
      checked.add(checked(objects.get(i), converted.get(i), desired));
    }
    return checked;
  }

  private static ObjectNode checked(ObjectNode object, ObjectNode converted, String desired) {
    String version = converted.path("apiVersion").asText();
    if (!version.equals(desired)) {
      throw new IllegalArgumentException(
          "invalid groupVersion, expected=%s, actual=%s".formatted(desired, version));
    }
    same("kind", object.path("kind"), converted.path("kind"));
    JsonNode before = object.path("metadata");
    JsonNode after = converted.path("metadata");
    for (String member : List.of("name", "namespace", "uid")) {
      same("metadata." + member, before.path(member), after.path(member));
    }
    ObjectNode metadata = before.deepCopy();
    for (String member : List.of("labels", "annotations")) {
      JsonNode value = after.path(member);
      if (value.isEmpty()) {
        metadata.remove(member);
      } else {
        metadata.set(member, value);
      }
    }
    ObjectNode result = converted.deepCopy();
    result.set("metadata", metadata);
    return result;
  }

  private static void same(String field, JsonNode before, JsonNode after) {
    if (!before.asText().equals(after.asText())) {
      throw new IllegalArgumentException(
          "must have the same %s: %s != %s".formatted(field, after.asText(), before.asText()));
    }
  }

  private static StatusException refusal(List<ObjectNode> objects, Throwable failure) {
    ObjectNode first = objects.get(0);
    return new StatusException(
        Status.internalError(
            "conversion webhook for %s, Kind=%s failed: %s"
                .formatted(
                    first.path("apiVersion").asText(),
                    first.path("kind").asText(),
                    failure.getMessage())));
  }
}
