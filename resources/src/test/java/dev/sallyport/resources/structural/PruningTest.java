package dev.sallyport.resources.structural;

import static dev.sallyport.resources.structural.Schemas.json;
import static dev.sallyport.resources.structural.Schemas.ofSpec;
import static dev.sallyport.resources.structural.Schemas.withSpec;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class PruningTest {

  private static void pruned(String schema, String spec, String left, String... unknown) {
    ObjectNode object = withSpec(spec);
    assertEquals(List.of(unknown), ofSpec(schema).prune(object));
    assertEquals(json(left), object.get("spec"));
  }

  @Test
  void removesAndNamesUnknownFields() {
    pruned(
        "{type: 'object', properties: {a: {type: 'integer'}, items: {type: 'array', items: {type:"
            + " 'object', properties: {y: {type: 'string'}}}}}}",
        "{a: 1, zz: 1, items: [{x: 1, y: 'b'}, {x: {z: 1}}]}",
        "{a: 1, items: [{y: 'b'}, {}]}",
        "spec.items[0].x",
        "spec.items[1].x",
        "spec.zz");
  }

  @Test
  void keepsTheRootsOwnFields() {
    StructuralSchema schema = StructuralSchema.of(json("{type: 'object'}"));
    ObjectNode object =
        (ObjectNode) json("{apiVersion: 'v1', kind: 'A', metadata: {name: 'n'}, other: 1}");
    assertEquals(List.of("other"), schema.prune(object));
    assertEquals(json("{apiVersion: 'v1', kind: 'A', metadata: {name: 'n'}}"), object);
  }

  @Test
  void keepsUnknownFieldsWhereTheSchemaSaysSo() {
    pruned(
        "{type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: {known: {type:"
            + " 'object', properties: {a: {type: 'integer'}}}}}",
        "{any: {thing: [1]}, known: {a: 1, b: 2}}",
        "{any: {thing: [1]}, known: {a: 1}}",
        "spec.known.b");
  }

  @Test
  void keepsTheEntriesOfMaps() {
    pruned(
        "{type: 'object', additionalProperties: {type: 'object', properties: {a: {type:"
            + " 'integer'}}}}",
        "{k: {a: 1, b: 2}}",
        "{k: {a: 1}}",
        "spec.k.b");
  }

  @Test
  void readsEmbeddedMetadataAsObjectMeta() {
    pruned(
        "{type: 'object', 'x-kubernetes-embedded-resource': true, properties: {spec: {type:"
            + " 'object', properties: {a: {type: 'integer'}}}}}",
        "{apiVersion: 'v1', kind: 'A', metadata: {name: 'n', nope: 1, labels: {a: 'b'}}, spec: {a:"
            + " 1, b: 2}, status: {}}",
        "{apiVersion: 'v1', kind: 'A', metadata: {name: 'n', labels: {a: 'b'}}, spec: {a: 1}}",
        "spec.metadata.nope",
        "spec.spec.b",
        "spec.status");
  }
}
