package dev.sallyport.resources.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.resources.ResourceGroup;
import dev.sallyport.resources.catalogue.BuiltInCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpenApiDocumentsTest {

  private static final Path FOLDER = Path.of("src/main/resources/dev/sallyport/resources/openapi");
  private static final Path INDEX = FOLDER.resolve("index.txt");

  private final ObjectMapper mapper = new ObjectMapper();

  /** Run with {@code -Dsallyport.schemas=write} to write the hashes anew. */
  @Test
  void indexKnowsEveryDocumentByItsHash() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (String path : publishedPaths()) {
      byte[] digest = MessageDigest.getInstance("SHA-512").digest(OpenApiDocuments.made(path));
      String hash = HexFormat.of().formatHex(digest).toUpperCase(Locale.ROOT);
      lines.append(path).append(' ').append(hash).append('\n');
    }
    if ("write".equals(System.getProperty("sallyport.schemas"))) {
      Files.writeString(INDEX, lines);
    }
    assertEquals(lines.toString(), Files.readString(INDEX));
  }

  private static Set<String> publishedPaths() throws IOException {
    Set<String> paths = new TreeSet<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.replace(".json", "").replace("__", "/"))
          .forEach(path -> paths.add(path.startsWith("well-known") ? "." + path : path));
    }
    return paths;
  }

  @Test
  void everyServedVersionHasADocument() throws IOException {
    OpenApiDocuments documents = new OpenApiDocuments();
    JsonNode paths = mapper.readTree(documents.index()).path("paths");
    for (ResourceGroup group : new BuiltInCatalogue().groups()) {
      for (ResourceGroup.Version version : group.versions()) {
        String path =
            group.name().isEmpty() ? "api/v1" : "apis/" + group.name() + "/" + version.name();
        OpenApiDocument document = documents.document(path);
        assertNotNull(document, path);
        assertEquals(
            "/openapi/v3/" + path + "?hash=" + document.hash(),
            paths.path(path).path("serverRelativeURL").asText());
      }
    }
    assertNull(documents.document("apis/nope/v1"));
    assertNull(documents.document("../secrets"));
  }

  @Test
  void ownKindsAreDocumentedWhereTheyAreServed() throws IOException {
    String path = "apis/sallyport.dev/v1alpha1";
    OpenApiDocument document = new OpenApiDocuments(true).document(path);
    assertNotNull(document);
    JsonNode revocation =
        mapper
            .readTree(document.json())
            .at("/components/schemas")
            .path("dev.sallyport.v1alpha1.CredentialRevocation");
    assertEquals(
        "sallyport.dev", revocation.at("/x-kubernetes-group-version-kind/0/group").asText());
    assertFalse(revocation.path("description").asText().isEmpty());
    assertNull(new OpenApiDocuments().document(path));
  }

  @Test
  void documentsKeepWhatKubectlLooksFor() throws IOException {
    JsonNode core = document("api/v1");
    JsonNode create =
        core.path("paths").path("/api/v1/namespaces/{namespace}/configmaps").path("post");
    boolean validates = false;
    for (JsonNode parameter : create.path("parameters")) {
      validates |= parameter.path("name").asText().equals("fieldValidation");
    }
    assertTrue(validates);
    JsonNode schemas = core.path("components").path("schemas");
    JsonNode map = schemas.path("io.k8s.api.core.v1.ConfigMap");
    assertEquals("ConfigMap", map.at("/x-kubernetes-group-version-kind/0/kind").asText());
    assertEquals(
        "name",
        schemas
            .path("io.k8s.api.core.v1.PodSpec")
            .at("/properties/containers/x-kubernetes-patch-merge-key")
            .asText());
  }

  @Test
  void fieldsOfTheMainKindsAreDescribed() throws IOException {
    JsonNode schemas = document("api/v1").path("components").path("schemas");
    JsonNode map = schemas.path("io.k8s.api.core.v1.ConfigMap");
    assertTrue(map.path("description").asText().startsWith("Settings by key"));
    for (JsonNode property : map.path("properties")) {
      assertFalse(property.path("description").asText().isEmpty());
    }
    for (JsonNode property :
        schemas.path("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta").path("properties")) {
      assertFalse(property.path("description").asText().isEmpty());
    }
  }

  @Test
  void everyDescriptionDescribesSomething() throws IOException {
    Set<String> known = new HashSet<>();
    Set<String> paths = publishedPaths();
    paths.add("apis/sallyport.dev/v1alpha1");
    for (String path : paths) {
      var schemas = document(path).at("/components/schemas").properties();
      for (var schema : schemas) {
        String type = Descriptions.shortName(schema.getKey());
        known.add(type);
        schema
            .getValue()
            .path("properties")
            .fieldNames()
            .forEachRemaining(
                field -> {
                  known.add(type + "." + field);
                  known.add("*." + field);
                });
      }
    }
    Set<String> stray = new TreeSet<>(Descriptions.builtIn().names());
    stray.removeAll(known);
    assertEquals(Set.of(), stray);
  }

  private JsonNode document(String path) throws IOException {
    OpenApiDocument document = new OpenApiDocuments(true).document(path);
    assertNotNull(document, path);
    return mapper.readTree(document.json());
  }
}
