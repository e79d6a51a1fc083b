package dev.sallyport.resources.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.StructSchema;

/**
 * A strategic merge patch: a merge patch in which the kind's schema says how lists are merged, and
 * directives ({@code $patch}, {@code $retainKeys}, {@code $deleteFromPrimitiveList}, {@code
 * $setElementOrder}) say what a merge patch cannot.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/">Update
 *     API objects in place using kubectl patch</a>
 */
public final class StrategicMergePatch implements Patch {

  private final ObjectNode patch;
  private final StructSchema schema;

  private StrategicMergePatch(ObjectNode patch, StructSchema schema) {
    this.patch = patch;
    this.schema = schema;
  }

  /**
   * @throws dev.sallyport.api.StatusException 400 for what is no JSON object
   */
  public static StrategicMergePatch read(byte[] body, StructSchema schema) {
    return new StrategicMergePatch(PatchReader.readObject(body), schema);
  }

  @Override
  public ObjectNode apply(ObjectNode original) {
    ObjectNode result = original.deepCopy();
    return StructMerge.merge(result, patch, schema);
  }
}
