package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.CustomKind.ScalePaths;
import dev.sallyport.resources.FieldValidation;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.store.StoredObject;
import java.util.List;

/** A custom object's scale: its definition says where the numbers stand. */
record CustomScaleView(
    ObjectCodec codec, ResourceDefinition resource, GroupVersionKind kind, ScalePaths paths)
    implements ObjectView {

  @Override
  public StoredObject served(StoredObject stored) {
    ObjectNode scale = served(codec.read(stored.json()));
    return ConvertedView.redrawn(stored, scale, resource, codec);
  }

  @Override
  public ObjectNode served(ObjectNode stored) {
    JsonNode wanted = at(stored, paths.specReplicas());
    if (!wanted.isNumber()) {
      throw new StatusException(
          Status.internalError(
              "the spec replicas field \"."
                  + String.join(".", paths.specReplicas())
                  + "\" does not exist"));
    }
    ObjectNode scale = ScaleView.headed(stored, kind);
    scale.putObject("spec").put("replicas", wanted.asInt());
    ObjectNode status = scale.putObject("status");
    status.put("replicas", at(stored, paths.statusReplicas()).asInt());
    if (!paths.selector().isEmpty()) {
      status.put("selector", at(stored, paths.selector()).asText());
    }
    return codec.canonicalize(scale, kind, FieldValidation.IGNORE).object();
  }

  private static JsonNode at(JsonNode object, List<String> path) {
    JsonNode value = object;
    for (String step : path) {
      value = value.path(step);
    }
    return value;
  }

  @Override
  public ObjectNode storable(ObjectNode sent, ObjectNode old) {
    ObjectNode object = ScaleView.named(sent, old);
    ObjectNode parent = object;
    List<String> path = paths.specReplicas();
    for (String step : path.subList(0, path.size() - 1)) {
      parent = parent.withObjectProperty(step);
    }
    parent.put(path.get(path.size() - 1), sent.path("spec").path("replicas").asInt());
    return object;
  }
}
