package dev.sallyport.resources.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.FieldSchema;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ListSchema;
import dev.sallyport.resources.MapSchema;
import dev.sallyport.resources.ObjectSchema;
import dev.sallyport.resources.ScalarSchema;
import dev.sallyport.resources.StructSchema;
import java.util.Base64;
import java.util.Random;

/** Objects that a schema allows, filled at random but the same for the same seed. */
public final class RandomObjects {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MAX_DEPTH = 9;

  private final Random random;

  public RandomObjects(long seed) {
    random = new Random(seed);
  }

  public ObjectNode object(GroupVersionKind kind, StructSchema schema) {
    ObjectNode object = struct(schema, 0);
    object.put("kind", kind.kind());
    object.put("apiVersion", kind.apiVersion());
    return object;
  }

  private ObjectNode struct(StructSchema schema, int depth) {
    ObjectNode object = NODES.objectNode();
    for (FieldSchema field : schema.fields()) {
      boolean whole =
          schema.fields().get(0).name().equals("kind") && isTypeMeta(schema.fields().get(1).name());
      if (whole && isTypeMeta(field.name())) {
        continue;
      }
      boolean recursive = schema.name().endsWith("JSONSchemaProps");
      if (depth < MAX_DEPTH && random.nextInt(recursive ? 8 : 2) == 0) {
        object.set(
            field.name(),
            recursive && field.schema() == ScalarSchema.ANY
                ? schemaMember(field.name())
                : value(field.schema(), depth + 1));
      }
    }
    return object;
  }

  /** Protobuf says kind and version around an object, and not at all for what stands inside. */
  private static boolean isTypeMeta(String name) {
    return name.equals("kind") || name.equals("apiVersion");
  }

  /** What may stand where a schema or something else may. */
  private JsonNode schemaMember(String name) {
    return switch (name) {
      case "items" -> random.nextBoolean() ? schemaOfText() : NODES.arrayNode().add(schemaOfText());
      case "additionalItems", "additionalProperties" ->
          random.nextBoolean() ? NODES.booleanNode(random.nextBoolean()) : schemaOfText();
      default -> any();
    };
  }

  private static ObjectNode schemaOfText() {
    return NODES.objectNode().put("type", "string").put("maxLength", 7);
  }

  private JsonNode value(ObjectSchema schema, int depth) {
    if (schema instanceof StructSchema struct) {
      return struct(struct, depth);
    }
    if (schema instanceof ListSchema list) {
      ArrayNode array = NODES.arrayNode();
      for (int i = random.nextInt(3); i >= 0; i--) {
        array.add(value(list.element(), depth));
      }
      return array;
    }
    if (schema instanceof MapSchema map) {
      ObjectNode object = NODES.objectNode();
      for (int i = random.nextInt(3); i >= 0; i--) {
        object.set("k" + random.nextInt(100), mapValue(map, depth));
      }
      return object;
    }
    return scalar((ScalarSchema) schema);
  }

  private JsonNode mapValue(MapSchema map, int depth) {
    // The only map of ANY is a JSON schema's dependencies: names, or a schema.
    return map.value() == ScalarSchema.ANY
        ? NODES.arrayNode().add(text()).add(text())
        : value(map.value(), depth);
  }

  private JsonNode scalar(ScalarSchema schema) {
    return switch (schema) {
      case STRING -> NODES.textNode(text());
      case BOOLEAN -> NODES.booleanNode(random.nextBoolean());
      case INT32 -> NODES.numberNode(random.nextInt());
      case INT64 -> NODES.numberNode(random.nextLong());
      case DOUBLE -> NODES.numberNode(random.nextInt(1000) / 8.0);
      case BYTES -> NODES.textNode(Base64.getEncoder().encodeToString(bytes()));
      case TIME -> NODES.textNode("20" + (10 + random.nextInt(80)) + "-03-04T05:06:07Z");
      case MICRO_TIME ->
          NODES.textNode("2026-03-04T05:06:07.000" + (100 + random.nextInt(900)) + "Z");
      case QUANTITY ->
          NODES.textNode(1 + random.nextInt(999) + (random.nextBoolean() ? "m" : "Gi"));
      case INT_OR_STRING ->
          random.nextBoolean() ? NODES.numberNode(1 + random.nextInt(99)) : NODES.textNode("10%");
      case ANY, UNTYPED -> any();
    };
  }

  private ObjectNode any() {
    ObjectNode object = NODES.objectNode();
    object.putArray("f:" + text()).add(random.nextInt()).add(true).addNull().add("x");
    object.put("n", 1.5);
    return object;
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(9)];
    random.nextBytes(bytes);
    return bytes;
  }

  private String text() {
    return "t\u00e4\u20ac\ud83d\ude00 <".substring(0, 5)
        + Integer.toString(random.nextInt(10_000), 36);
  }
}
