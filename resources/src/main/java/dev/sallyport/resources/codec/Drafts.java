package dev.sallyport.resources.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.SelectableField;
import dev.sallyport.resources.codec.json.JsonOutput;
import dev.sallyport.store.Draft;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes what the store keeps of an object: its JSON and what selectors ask for. */
final class Drafts {

  private Drafts() {}

  static Draft of(ResourceDefinition definition, ObjectNode object) {
    JsonOutput.Layout layout = JsonOutput.stored(object);
    if (layout.revisionOffset() == 0) {
      throw new IllegalArgumentException("an object without a name cannot be stored");
    }
    JsonNode metadata = object.path("metadata");
    return new Draft(
        layout.json(),
        layout.revisionOffset(),
        layout.headLength(),
        metadata.path("uid").asText(),
        labels(metadata.path("labels")),
        fields(definition, object, metadata));
  }

  private static Map<String, String> labels(JsonNode labels) {
    if (labels.isEmpty()) {
      return Map.of();
    }
    Map<String, String> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      map.put(label.getKey(), label.getValue().asText());
    }
    return map;
  }

  private static Map<String, String> fields(
      ResourceDefinition definition, JsonNode object, JsonNode metadata) {
    Map<String, String> fields = new HashMap<>();
    fields.put("metadata.name", metadata.path("name").asText());
    if (definition.namespaced()) {
      fields.put("metadata.namespace", metadata.path("namespace").asText());
    }
    for (SelectableField field : definition.selectableFields()) {
      JsonNode value = object;
      for (String step : field.path()) {
        value = value.path(step);
      }
      fields.put(field.label(), value.asText(field.absent()));
    }
    return fields;
  }
}
