package dev.sallyport.server.endpoint.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.validation.Faults;
import org.jspecify.annotations.Nullable;

/** Checks one access review; faults come in the API's words and order. */
final class AccessReviewRules {

  private static final String GROUP = "authorization.k8s.io";
  private static final String PATH = "spec.nonResourceAttributes";
  private static final String RESOURCE = "spec.resourceAttributes";

  private final JsonNode review;
  private final JsonNode spec;
  private final Faults faults = new Faults();

  AccessReviewRules(ObjectNode review) {
    this.review = review;
    this.spec = review.path("spec");
  }

  AccessReviewRules oneQuestion() {
    JsonNode path = spec.get("nonResourceAttributes");
    JsonNode resource = spec.get("resourceAttributes");
    if (path != null && resource != null) {
      faults.invalid(
          PATH, shown(path), "cannot be specified in combination with resourceAttributes");
    }
    if (path == null && resource == null) {
      faults.invalid(
          RESOURCE,
          (JsonNode) null,
          "exactly one of nonResourceAttributes or resourceAttributes must be specified");
    }
    return this;
  }

  AccessReviewRules aSubject() {
    if (spec.path("user").asText().isEmpty() && spec.path("groups").isEmpty()) {
      faults.invalid("spec.user", "", "at least one of user or group must be specified");
    }
    return this;
  }

  AccessReviewRules selectors() {
    JsonNode resource = spec.path("resourceAttributes");
    selector(resource.get("fieldSelector"), RESOURCE + ".fieldSelector");
    selector(resource.get("labelSelector"), RESOURCE + ".labelSelector");
    return this;
  }

  AccessReviewRules noMetadata() {
    if (!review.path("metadata").isEmpty()) {
      faults.invalid("metadata", review.path("metadata"), "must be empty");
    }
    return this;
  }

  /** For reviews of a namespace: nothing but it in the metadata, and no question about another. */
  AccessReviewRules onlyTheNamespace() {
    JsonNode metadata = review.path("metadata");
    String namespace = metadata.path("namespace").asText();
    if (metadata.size() > 1) {
      faults.invalid("metadata", metadata, "must be empty except for namespace");
    }
    JsonNode resource = spec.get("resourceAttributes");
    String asked = resource == null ? namespace : resource.path("namespace").asText();
    if (!asked.equals(namespace)) {
      faults.invalid(RESOURCE + ".namespace", asked, "must match metadata.namespace");
    }
    JsonNode path = spec.get("nonResourceAttributes");
    if (path != null) {
      faults.invalid(PATH, shown(path), "disallowed on this kind of request");
    }
    return this;
  }

  /**
   * @throws StatusException 422 when anything was found
   */
  void enforce() {
    if (!faults.none()) {
      throw new StatusException(Status.invalid(GROUP, "", "", faults.causes()));
    }
  }

  /** The attributes as kube-apiserver shows them, by the names of its internal type. */
  private static JsonNode shown(JsonNode path) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown.put("Path", path.path("path").asText());
    shown.put("Verb", path.path("verb").asText());
    return shown;
  }

  private void selector(@Nullable JsonNode selector, String field) {
    if (selector == null) {
      return;
    }
    String raw = selector.path("rawSelector").asText();
    JsonNode requirements = selector.path("requirements");
    if (!raw.isEmpty() && !requirements.isEmpty()) {
      faults.invalid(
          field + ".rawSelector", raw, "may not specified at the same time as requirements");
    }
    if (raw.isEmpty() && requirements.isEmpty()) {
      faults.required(
          field + ".requirements",
          "when " + field + " is specified, requirements or rawSelector is required");
    }
    for (int i = 0; i < requirements.size(); i++) {
      requirement(requirements.get(i), field + ".requirements[" + i + "]");
    }
  }

  /** An operator that is not known here may be known to whoever asks, so it is let pass. */
  private void requirement(JsonNode requirement, String field) {
    if (requirement.path("key").asText().isEmpty()) {
      faults.required(field + ".key", "must be specified");
    }
    boolean valued = !requirement.path("values").isEmpty();
    switch (requirement.path("operator").asText()) {
      case "In", "NotIn" -> {
        if (!valued) {
          faults.required(
              field + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (valued) {
          faults.forbidden(
              field + ".values",
              "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      default -> {}
    }
  }
}
