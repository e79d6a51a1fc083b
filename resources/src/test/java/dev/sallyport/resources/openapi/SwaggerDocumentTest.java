package dev.sallyport.resources.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SwaggerDocumentTest {

  private static final SwaggerDocument DOCUMENT = new SwaggerDocument(new OpenApiDocuments());

  private final JsonNode swagger;

  SwaggerDocumentTest() throws IOException {
    swagger = new ObjectMapper().readTree(DOCUMENT.current().json());
  }

  @Test
  void itIsOneDocumentOfAllGroups() {
    assertEquals("2.0", swagger.path("swagger").asText());
    assertTrue(swagger.path("definitions").has("io.k8s.api.core.v1.Pod"));
    assertTrue(swagger.path("definitions").has("io.k8s.api.apps.v1.Deployment"));
    assertTrue(swagger.path("paths").has("/apis/apps/v1/namespaces/{namespace}/deployments"));
    assertSame(DOCUMENT.current().json(), DOCUMENT.current().json());
  }

  @Test
  void nothingPointsNowhere() {
    List<String> references = swagger.findValuesAsText("$ref");
    references.removeIf(String::isEmpty); // a field of JSONSchemaProps has that name too
    assertTrue(references.size() > 1000, "references: " + references.size());
    for (String reference : references) {
      assertTrue(reference.startsWith("#/definitions/"), reference);
      assertTrue(
          swagger.path("definitions").has(reference.substring("#/definitions/".length())),
          reference);
    }
  }

  @Test
  void nothingIsSaidThatTheOlderFormCannotSay() {
    for (String word : List.of("oneOf", "anyOf", "allOf", "nullable", "requestBody", "content")) {
      for (JsonNode path : swagger.path("paths")) {
        assertTrue(path.findValues(word).isEmpty(), word);
      }
    }
    JsonNode port = definition("io.k8s.api.core.v1.ServicePort").path("targetPort");
    assertEquals(
        "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
        port.path("$ref").asText().substring("#/definitions/".length()));
    JsonNode either =
        swagger.path("definitions").path("io.k8s.apimachinery.pkg.util.intstr.IntOrString");
    assertEquals("string", either.path("type").asText());
    assertEquals("int-or-string", either.path("format").asText());
    assertFalse(definition("io.k8s.api.core.v1.ServicePort").path("protocol").has("default"));
  }

  @Test
  void bodiesAreParametersAndAnswersHaveOneSchema() {
    JsonNode patch =
        swagger.at("/paths/~1api~1v1~1namespaces~1{namespace}~1configmaps~1{name}/patch");
    JsonNode body = patch.path("parameters").get(0);
    assertEquals("body", body.path("in").asText());
    assertEquals(
        "#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.Patch",
        body.at("/schema/$ref").asText());
    assertEquals(
        "application/apply-patch+yaml", patch.path("consumes").get(0).asText(), patch.toString());
    assertEquals(
        "#/definitions/io.k8s.api.core.v1.ConfigMap",
        patch.at("/responses/200/schema/$ref").asText());
    assertEquals("OK", patch.at("/responses/200/description").asText());
    JsonNode force = patch.path("parameters").get(4);
    assertEquals("force", force.path("name").asText());
    assertEquals("boolean", force.path("type").asText());
  }

  private JsonNode definition(String type) {
    return swagger.path("definitions").path(type).path("properties");
  }
}
