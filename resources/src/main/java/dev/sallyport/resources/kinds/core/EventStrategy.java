package dev.sallyport.resources.kinds.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import java.util.Set;

/** Events: what they are about must stand in their own namespace. */
final class EventStrategy implements KindStrategy {

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.CREATE_ON_UPDATE, Trait.NOT_COLLECTED);
  }

  @Override
  public void prepareCreate(ObjectNode object) {}

  @Override
  public void validate(ObjectNode object, Faults faults) {
    JsonNode involved = object.path("involvedObject");
    String about = involved.path("namespace").asText();
    String namespace = object.path("metadata").path("namespace").asText();
    // What is about a cluster-scoped object stands in default.
    boolean fits = about.isEmpty() ? isSystemPlace(namespace) : about.equals(namespace);
    if (!fits) {
      faults.invalid("involvedObject.namespace", about, "does not match event.namespace");
    }
  }

  @Override
  public void convert(ObjectNode object, GroupVersionKind to) {
    EventConversion.convert(object, to);
  }

  private static boolean isSystemPlace(String namespace) {
    return namespace.equals("default") || namespace.equals("kube-system");
  }
}
