package dev.sallyport.authz.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.authz.objects.RbacObjects;

/**
 * Which object.
 *
 * @param namespace "" at cluster scope
 */
record ObjectName(String namespace, String name) {
  static ObjectName of(JsonNode object) {
    return new ObjectName(RbacObjects.namespace(object), RbacObjects.name(object));
  }
}
