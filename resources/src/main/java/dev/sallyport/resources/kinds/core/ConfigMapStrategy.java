package dev.sallyport.resources.kinds.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Names;
import java.util.Map;

/** ConfigMaps: keys that are file names, at most 1 MiB, immutable if they say so. */
final class ConfigMapStrategy implements KindStrategy {

  static final int MAX_SIZE = 1024 * 1024;

  @Override
  public void prepareCreate(ObjectNode object) {}

  @Override
  public void validate(ObjectNode object, Faults faults) {
    JsonNode data = object.path("data");
    JsonNode binary = object.path("binaryData");
    long size = 0;
    for (Map.Entry<String, JsonNode> entry : data.properties()) {
      String field = "data[" + entry.getKey() + "]";
      faults.invalid(field, entry.getKey(), Names.configKey(entry.getKey()));
      if (binary.has(entry.getKey())) {
        faults.invalid(field, entry.getKey(), "duplicate of key present in binaryData");
      }
      size += Contents.utf8(entry.getValue().asText());
    }
    for (Map.Entry<String, JsonNode> entry : binary.properties()) {
      String field = "binaryData[" + entry.getKey() + "]";
      faults.invalid(field, entry.getKey(), Names.configKey(entry.getKey()));
      size += Contents.base64(entry.getValue().asText());
    }
    if (size > MAX_SIZE) {
      faults.tooLong("", MAX_SIZE);
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    if (!old.path("immutable").asBoolean()) {
      return;
    }
    if (!object.path("immutable").asBoolean()) {
      faults.forbidden("immutable", Contents.FROZEN);
    }
    if (!Contents.same(object, old, "data")) {
      faults.forbidden("data", Contents.FROZEN);
    }
    if (!Contents.same(object, old, "binaryData")) {
      faults.forbidden("binaryData", Contents.FROZEN);
    }
  }
}
