package dev.sallyport.server.endpoint.watch;

import dev.sallyport.resources.selector.FieldSelector;
import dev.sallyport.resources.selector.LabelSelector;
import dev.sallyport.store.StoredObject;

/**
 * Which objects a watch follows.
 *
 * @param collection as the store names it
 * @param namespace "" for all
 */
public record WatchScope(
    String collection, String namespace, LabelSelector labels, FieldSelector fields) {

  boolean everything() {
    return labels.everything() && fields.everything();
  }

  boolean covers(StoredObject object) {
    return labels.matches(object.labels()) && fields.matches(object.fields());
  }
}
