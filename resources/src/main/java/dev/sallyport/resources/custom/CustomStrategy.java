package dev.sallyport.resources.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import java.util.Set;

/** The rules of objects of a custom kind: those of its schema. */
record CustomStrategy(CustomVersion version) implements KindStrategy {

  private static final Set<Trait> STATUS_APART = Set.of(Trait.GENERATION, Trait.ANY_FINALIZER);
  private static final Set<Trait> STATUS_INSIDE =
      Set.of(Trait.GENERATION, Trait.ANY_FINALIZER, Trait.STATUS_IS_CONTENT);

  @Override
  public Set<Trait> traits() {
    return version.hasStatus() ? STATUS_APART : STATUS_INSIDE;
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    version.schema().applyDefaults(object);
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    if (version.hasStatus()) {
      object.remove("status");
    }
  }

  @Override
  public void prepareUpdate(ObjectNode object, ObjectNode old) {
    if (version.hasStatus()) {
      KindStrategy.keep("status", object, old);
    }
  }

  /** Nothing but the status changes, and who owns it: no label either. */
  @Override
  public void prepareStatusUpdate(ObjectNode object, ObjectNode old) {
    JsonNode status = object.path("status").deepCopy();
    JsonNode owners = object.path("metadata").path("managedFields").deepCopy();
    object.removeAll();
    object.setAll(old.deepCopy());
    ObjectNode metadata = object.withObjectProperty("metadata");
    put(metadata, "managedFields", owners);
    put(object, "status", status);
  }

  private static void put(ObjectNode object, String member, JsonNode value) {
    if (value.isMissingNode()) {
      object.remove(member);
    } else {
      object.set(member, value);
    }
  }

  @Override
  public void validateCreate(ObjectNode object, Faults faults) {
    version.schema().validate(object, null, faults);
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    version.schema().validate(object, old, faults);
  }
}
