package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.FieldValidation;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.Subresource;
import dev.sallyport.resources.selector.SelectorText;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.store.StoredObject;

/**
 * How many replicas an object wants and has: autoscaling/v1 Scale.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/scale-v1/">Scale</a>
 */
record ScaleView(ObjectCodec codec, ResourceDefinition resource, Subresource subresource)
    implements ObjectView {

  @Override
  public GroupVersionKind kind() {
    return subresource.kind();
  }

  @Override
  public StoredObject served(StoredObject stored) {
    ObjectNode scale = served(codec.read(stored.json()));
    return ConvertedView.redrawn(stored, scale, resource, codec);
  }

  @Override
  public ObjectNode served(ObjectNode stored) {
    ObjectNode scale = headed(stored, kind());
    scale.putObject("spec").put("replicas", stored.path("spec").path("replicas").asInt());
    ObjectNode status = scale.putObject("status");
    status.put("replicas", stored.path("status").path("replicas").asInt());
    status.put("selector", selector(stored.path("spec").path("selector")));
    return codec.canonicalize(scale, kind(), FieldValidation.IGNORE).object();
  }

  /** A scale that says whose it is, and nothing more yet. */
  static ObjectNode headed(ObjectNode stored, GroupVersionKind kind) {
    ObjectNode scale = stored.objectNode();
    scale.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
    ObjectNode metadata = scale.putObject("metadata");
    for (String member :
        new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
      JsonNode value = stored.path("metadata").get(member);
      if (value != null) {
        metadata.set(member, value);
      }
    }
    return scale;
  }

  private static String selector(JsonNode selector) {
    boolean labels = !selector.has("matchLabels") && !selector.has("matchExpressions");
    return labels ? SelectorText.ofLabels(selector) : SelectorText.of(selector);
  }

  @Override
  public ObjectNode storable(ObjectNode sent, ObjectNode old) {
    ObjectNode object = named(sent, old);
    int replicas = sent.path("spec").path("replicas").asInt();
    if (replicas < 0) {
      throw negative(sent, replicas);
    }
    object.withObjectProperty("spec").put("replicas", replicas);
    return object;
  }

  /** The stored object, but as the scale names it. */
  static ObjectNode named(ObjectNode sent, ObjectNode old) {
    ObjectNode object = old.deepCopy();
    ObjectNode metadata = ObjectRules.metadata(object);
    JsonNode sentMetadata = sent.path("metadata");
    // The name, place, uid and version that the scale names are checked like any object's.
    for (String member : new String[] {"name", "namespace", "uid", "resourceVersion"}) {
      JsonNode value = sentMetadata.get(member);
      if (value == null) {
        metadata.remove(member);
      } else {
        metadata.set(member, value);
      }
    }
    return object;
  }

  /** Said of the scale here, for the object's own rules would name another kind. */
  private StatusException negative(ObjectNode sent, int replicas) {
    Faults faults = new Faults();
    faults.invalid("spec.replicas", replicas, "must be greater than or equal to 0");
    return new StatusException(
        Status.invalid(
            kind().group(),
            kind().kind(),
            sent.path("metadata").path("name").asText(),
            faults.causes()));
  }
}
