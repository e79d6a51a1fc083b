package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.resources.CustomKind;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.store.Draft;
import dev.sallyport.store.StoredObject;
import java.util.List;

/**
 * Between the store and the rules of a resource. A custom kind's objects stand in the store in one
 * of its versions, and every rule speaks of the version that is asked for: a webhook may have to
 * convert them, on their way out and in. Objects of built-in kinds pass as they are.
 */
final class Kept {

  private Kept() {}

  static Answer<StoredObject> shown(ResourceDefinition resource, StoredObject stored) {
    CustomKind custom = resource.custom();
    if (custom == null) {
      return Answer.now(stored);
    }
    StoredObject now = custom.shownNow(stored);
    return now == null ? custom.shown(List.of(stored)).map(shown -> shown.get(0)) : Answer.now(now);
  }

  static Answer<List<StoredObject>> shown(ResourceDefinition resource, List<StoredObject> stored) {
    CustomKind custom = resource.custom();
    return custom == null ? Answer.now(stored) : custom.shown(stored);
  }

  /** What the store is given of an object that the rules have accepted. */
  static Answer<Draft> draft(Backing backing, ResourceDefinition resource, ObjectNode object) {
    CustomKind custom = resource.custom();
    return custom == null
        ? Answer.now(ObjectRules.draft(backing, resource, object))
        : custom.toStored(object).map(stored -> ObjectRules.draft(backing, resource, stored));
  }
}
