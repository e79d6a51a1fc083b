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
 * @param userAgent the client's User-Agent, which names it as the fields' owner where it gives no
 *     fieldManager; "" without one
 */
public record ResourceCall(
    UserInfo user,
    ResourceDefinition resource,
    String namespace,
    String name,
    String subresource,
    QueryParameters query,
    String userAgent) {

  /** How this server calls itself where it writes on its own behalf. */
  private static final String OWN_AGENT = "kube-apiserver";

  /** A call by this server itself. */
  public ResourceCall(
      UserInfo user,
      ResourceDefinition resource,
      String namespace,
      String name,
      String subresource,
      QueryParameters query) {
    this(user, resource, namespace, name, subresource, query, OWN_AGENT);
  }

  /** A call for the object itself without parameters, as controllers make it. */
  public static ResourceCall of(
      UserInfo user, ResourceDefinition resource, String namespace, String name) {
    return new ResourceCall(user, resource, namespace, name, "", QueryParameters.NONE);
  }

  Key key(String objectName) {
    return new Key(resource.collection(), namespace, objectName);
  }
}
