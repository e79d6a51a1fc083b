package dev.sallyport.controllers.rbac;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.controllers.ObjectClient.ResourceId;

/**
 * One role or binding of the default policy.
 *
 * @param namespace "" at cluster scope
 * @param tree the object as it is created; never changed
 */
record PolicyObject(ResourceId resource, String namespace, String name, ObjectNode tree) {

  boolean binding() {
    return tree.has("roleRef");
  }
}
