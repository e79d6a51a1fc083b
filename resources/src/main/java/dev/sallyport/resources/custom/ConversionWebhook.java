package dev.sallyport.resources.custom;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Who converts a kind's objects between its versions.
 *
 * @param url where it is; "" when a service is named instead
 * @param service its Service object, as the definition names it; missing without one
 * @param authorities PEM certificates in base64; "" for those of this machine
 * @param reviewVersions the versions of ConversionReview that it understands
 */
public record ConversionWebhook(
    String url, JsonNode service, String authorities, List<String> reviewVersions) {

  public ConversionWebhook {
    reviewVersions = List.copyOf(reviewVersions);
  }

  static ConversionWebhook read(JsonNode webhook) {
    JsonNode client = webhook.path("clientConfig");
    return new ConversionWebhook(
        client.path("url").asText(),
        client.path("service"),
        client.path("caBundle").asText(),
        DefinitionNames.texts(webhook.path("conversionReviewVersions")));
  }
}
