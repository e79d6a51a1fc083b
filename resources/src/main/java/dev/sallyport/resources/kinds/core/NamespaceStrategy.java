package dev.sallyport.resources.kinds.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.NameRule;

/**
 * Namespaces: they start active, hold the finalizer {@code kubernetes} in their spec until their
 * content is gone, and carry their name as a label.
 */
final class NamespaceStrategy implements KindStrategy {

  private static final String NAME_LABEL = "kubernetes.io/metadata.name";

  @Override
  public NameRule nameRule() {
    return NameRule.LABEL;
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    JsonNode metadata = object.path("metadata");
    String name = metadata.path("name").asText();
    if (!name.isEmpty() && metadata instanceof ObjectNode there) {
      there.withObjectProperty("labels").put(NAME_LABEL, name);
    }
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    // A generated name is known only now.
    applyDefaults(object);
    ObjectNode status = object.putObject("status");
    status.put("phase", "Active");
    ArrayNode finalizers = object.withObjectProperty("spec").withArrayProperty("finalizers");
    for (JsonNode finalizer : finalizers) {
      if (finalizer.asText().equals("kubernetes")) {
        return;
      }
    }
    finalizers.add("kubernetes");
  }

  @Override
  public void prepareUpdate(ObjectNode object, ObjectNode old) {
    KindStrategy.keep("status", object, old);
    KindStrategy.keep("spec", object, old);
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    JsonNode finalizers = object.path("spec").path("finalizers");
    for (int i = 0; i < finalizers.size(); i++) {
      String name = finalizers.get(i).asText();
      if (name.indexOf('/') < 0 && !name.equals("kubernetes")) {
        faults.invalid(
            "spec.finalizers[" + i + "]",
            name,
            "name is neither a standard finalizer name nor is it fully qualified");
      }
    }
    String phase = object.path("status").path("phase").asText();
    boolean deleted = object.path("metadata").has("deletionTimestamp");
    if (deleted && !phase.equals("Terminating")) {
      faults.invalid(
          "status.Phase", phase, "may only be 'Terminating' if `deletionTimestamp` is not empty");
    } else if (!deleted && !phase.equals("Active")) {
      faults.invalid("status.Phase", phase, "may only be 'Active' if `deletionTimestamp` is empty");
    }
  }

  @Override
  public void markDeleted(ObjectNode object, long gracePeriod) {
    object.withObjectProperty("status").put("phase", "Terminating");
  }

  @Override
  public boolean released(ObjectNode object) {
    return object.path("spec").path("finalizers").isEmpty()
        && object.path("metadata").path("finalizers").isEmpty();
  }
}
