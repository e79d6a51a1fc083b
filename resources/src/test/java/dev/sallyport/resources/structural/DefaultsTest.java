package dev.sallyport.resources.structural;

import static dev.sallyport.resources.structural.Schemas.json;
import static dev.sallyport.resources.structural.Schemas.ofSpec;
import static dev.sallyport.resources.structural.Schemas.withSpec;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DefaultsTest {

  private static void completed(String schema, String spec, String whole) {
    ObjectNode object = withSpec(spec);
    ofSpec(schema).applyDefaults(object);
    assertEquals(json(whole), object.get("spec"));
  }

  @Test
  void defaultsCompleteEachOther() {
    completed(
        "{type: 'object', properties: {a: {type: 'object', default: {}, properties: {b: {type:"
            + " 'integer', default: 5}, c: {type: 'integer'}}}}}",
        "{}",
        "{a: {b: 5}}");
  }

  @Test
  void reachesIntoListsAndMaps() {
    completed(
        "{type: 'object', properties: {l: {type: 'array', items: {type: 'object', properties: {b:"
            + " {type: 'integer', default: 5}}}}, m: {type: 'object', additionalProperties:"
            + " {type: 'object', properties: {b: {type: 'integer', default: 6}}}}}}",
        "{l: [{}, {b: 1}], m: {k: {}}}",
        "{l: [{b: 5}, {b: 1}], m: {k: {b: 6}}}");
  }

  @Test
  void nullIsReplacedKeptOrDropped() {
    completed(
        "{type: 'object', properties: {foo: {type: 'string', nullable: false, default: 'default'},"
            + " bar: {type: 'string', nullable: true}, baz: {type: 'string'}}}",
        "{foo: null, bar: null, baz: null}",
        "{foo: 'default', bar: null}");
  }

  @Test
  void aDefaultIsNotSharedByObjects() {
    StructuralSchema schema =
        ofSpec("{type: 'object', properties: {a: {type: 'object', default: {b: 1}}}}");
    ObjectNode one = withSpec("{}");
    schema.applyDefaults(one);
    ((ObjectNode) one.at("/spec/a")).put("b", 2);
    ObjectNode other = withSpec("{}");
    schema.applyDefaults(other);
    assertEquals(1, other.at("/spec/a/b").intValue());
  }

  /** Whatever schema and object: a second round finds nothing left to prune or to complete. */
  @Test
  void pruningAndDefaultingTwiceIsAsOnce() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      ObjectNode root = JsonNodeFactory.instance.objectNode();
      root.put("type", "object").putObject("properties").set("spec", schema(random, 4));
      StructuralSchema schema = StructuralSchema.of(root);
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      object.set("spec", value(random, 4));
      schema.prune(object);
      schema.applyDefaults(object);
      JsonNode once = object.deepCopy();
      assertEquals(List.of(), schema.prune(object), "seed " + seed);
      schema.applyDefaults(object);
      assertEquals(once, object, "seed " + seed);
    }
  }

  private static ObjectNode schema(Random random, int depth) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    if (random.nextInt(4) == 0) {
      schema.put("nullable", true);
    }
    switch (depth == 0 ? 3 : random.nextInt(4)) {
      case 0 -> {
        schema.put("type", "object");
        for (int i = 0; i < 3; i++) {
          ObjectNode property = schema(random, depth - 1);
          schema.withObjectProperty("properties").set(name(random), property);
          if (property.path("type").asText().equals("integer") && random.nextBoolean()) {
            property.put("default", random.nextInt(3));
          } else if (property.path("type").asText().equals("object") && random.nextBoolean()) {
            property.putObject("default");
          }
        }
      }
      case 1 -> schema.put("type", "array").set("items", schema(random, depth - 1));
      case 2 -> schema.put("type", "object").set("additionalProperties", schema(random, depth - 1));
      default -> {
        if (random.nextInt(4) == 0) {
          schema.put("type", "object").put("x-kubernetes-preserve-unknown-fields", true);
        } else {
          schema.put("type", "integer");
        }
      }
    }
    return schema;
  }

  private static JsonNode value(Random random, int depth) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (depth == 0 ? 2 + random.nextInt(2) : random.nextInt(4)) {
      case 0 -> {
        ObjectNode object = nodes.objectNode();
        for (int i = 0; i < 3; i++) {
          object.set(name(random), value(random, depth - 1));
        }
        yield object;
      }
      case 1 -> nodes.arrayNode().add(value(random, depth - 1)).add(value(random, depth - 1));
      case 2 -> nodes.nullNode();
      default -> nodes.numberNode(random.nextInt(9));
    };
  }

  private static String name(Random random) {
    return String.valueOf((char) ('a' + random.nextInt(5)));
  }
}
