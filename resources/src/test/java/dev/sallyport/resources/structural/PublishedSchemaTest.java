package dev.sallyport.resources.structural;

import static dev.sallyport.resources.structural.Schemas.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.GroupVersionKind;
import org.junit.jupiter.api.Test;

class PublishedSchemaTest {

  private static final String METADATA =
      "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

  @Test
  void addsWhatEveryObjectHas() {
    JsonNode given =
        json(
            "{type: 'object', description: 'A widget.', properties: {metadata: {type: 'object'},"
                + " spec: {type: 'object', properties: {t: {type: 'object',"
                + " 'x-kubernetes-embedded-resource': true}}}}}");
    JsonNode before = given.deepCopy();
    JsonNode published =
        PublishedSchema.of(given, new GroupVersionKind("x.example", "v1", "Widget"));
    assertEquals(before, given);
    assertEquals("A widget.", published.path("description").asText());
    assertEquals("string", published.at("/properties/kind/type").asText());
    assertEquals(METADATA, published.at("/properties/metadata/$ref").asText());
    assertFalse(published.at("/properties/metadata").has("type"));
    assertEquals(
        METADATA, published.at("/properties/spec/properties/t/properties/metadata/$ref").asText());
    assertEquals(
        json("[{group: 'x.example', kind: 'Widget', version: 'v1'}]"),
        published.path("x-kubernetes-group-version-kind"));
  }
}
