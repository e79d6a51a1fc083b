package dev.sallyport.resources.kinds.apiregistration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;

/** An APIService that this server serves itself. */
final class LocalApiService {

  private LocalApiService() {}

  /** Notes that it is there, from the moment of its creation. */
  static void available(ObjectNode object) {
    ObjectNode condition = Defaults.object(object, "status").putArray("conditions").addObject();
    condition
        .put("type", "Available")
        .put("status", "True")
        .put("lastTransitionTime", object.path("metadata").path("creationTimestamp").asText())
        .put("reason", "Local")
        .put("message", "Local APIServices are always available");
  }
}
