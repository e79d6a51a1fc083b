package dev.sallyport.resources.registry;

import dev.sallyport.api.UserInfo;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.store.Key;

/**
 * Who wants something of which resource.
 *
 * @param namespace "" at cluster scope, and for a list of all namespaces
 * @param name "" for a collection
 * @param subresource "" for the object itself
 */
public record ResourceCall(
    UserInfo user,
    ResourceDefinition resource,
    String namespace,
    String name,
    String subresource,
    QueryParameters query) {

  /** A call for the object itself without parameters, as controllers make it. */
  public static ResourceCall of(
      UserInfo user, ResourceDefinition resource, String namespace, String name) {
    return new ResourceCall(user, resource, namespace, name, "", QueryParameters.NONE);
  }

  /** The same call for one object of the collection. */
  ResourceCall named(String other) {
    return new ResourceCall(user, resource, namespace, other, subresource, query);
  }

  Key key(String objectName) {
    return new Key(resource.collection(), namespace, objectName);
  }
}
