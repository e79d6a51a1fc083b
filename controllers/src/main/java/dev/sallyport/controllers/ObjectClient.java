package dev.sallyport.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How controllers read and write objects: as the server itself, past authentication, authorization
 * and escalation checks, but with defaults and validation as for anybody. Objects are JSON trees in
 * the resource's preferred version. Trees that are handed out are the receiver's to change, but for
 * those of {@link #observe}.
 *
 * <p>Any thread, never blocks. Refusals are {@link dev.sallyport.api.StatusException}s.
 */
public interface ObjectClient {

  /**
   * A kind of object by its place in the API.
   *
   * @param group "" for the core group
   * @param plural the plural resource name, such as clusterroles
   */
  record ResourceId(String group, String plural) {}

  /**
   * @param namespace "" for a cluster-scoped object
   * @return empty when there is no such object
   */
  Answer<Optional<ObjectNode>> get(ResourceId resource, String namespace, String name);

  /**
   * @param namespace "" for all namespaces, or for a cluster-scoped resource
   */
  Answer<List<ObjectNode>> list(ResourceId resource, String namespace);

  /** Creates the object; 409 AlreadyExists when its name is taken. */
  Answer<ObjectNode> create(ResourceId resource, String namespace, ObjectNode object);

  /**
   * Changes an object: 404 when there is none. The change is given the current state, perhaps
   * several times when writers race, and nothing is written when what it returns equals that state.
   *
   * @return the state after the change
   */
  default Answer<ObjectNode> update(
      ResourceId resource, String namespace, String name, UnaryOperator<ObjectNode> change) {
    return update(resource, namespace, name, "", change);
  }

  /**
   * As the other {@code update}, through a subresource such as status, which lets pass only what is
   * its own.
   *
   * @param subresource "" for the object itself
   */
  Answer<ObjectNode> update(
      ResourceId resource,
      String namespace,
      String name,
      String subresource,
      UnaryOperator<ObjectNode> change);

  /**
   * Deletes an object.
   *
   * @param uid delete only the object of that uid (409 Conflict for another); "" for any
   * @return whether there was one
   */
  Answer<Boolean> delete(ResourceId resource, String namespace, String name, String uid);

  /**
   * Tells of all objects there are, within this call, and from then on of every change, in order.
   * The observer is quick, does not change the trees and does not wait for a write.
   */
  void observe(ResourceId resource, Observer observer);

  /** See {@link #observe}. */
  interface Observer {
    /** The object is new or has changed. */
    void present(JsonNode object);

    /**
     * The object is gone.
     *
     * @param last its last state
     */
    void gone(JsonNode last);
  }
}
