package dev.sallyport.server.endpoint.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The form reviews are answered in: kind, version and metadata first, whatever else was sent. */
final class ReviewForm {

  private ReviewForm() {}

  /** Leaves only kind, apiVersion and metadata, which is there even when empty. */
  static ObjectNode reset(ObjectNode review) {
    JsonNode kind = review.path("kind");
    JsonNode version = review.path("apiVersion");
    JsonNode metadata = review.path("metadata");
    review.removeAll();
    review.set("kind", kind);
    review.set("apiVersion", version);
    if (metadata.isObject()) {
      review.set("metadata", metadata);
    } else {
      review.putObject("metadata");
    }
    return review;
  }
}
