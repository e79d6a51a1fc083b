package dev.sallyport.resources.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.resources.ResourceGroup;
import dev.sallyport.resources.catalogue.BuiltInCatalogue;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DiscoveryDocumentsTest {

  private final BuiltInCatalogue catalogue = new BuiltInCatalogue();
  private final DiscoveryDocuments documents = new DiscoveryDocuments(catalogue);
  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void listsTheCoreVersionsWithTheAddressAsked() throws IOException {
    assertEquals(
        mapper.readTree(
            "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"],\"serverAddressByClientCIDRs\":[{\"clientCIDR\":"
                + "\"0.0.0.0/0\",\"serverAddress\":\"127.0.0.1:6443\"}]}"),
        tree(documents.legacyVersions("127.0.0.1:6443")));
  }

  @Test
  void listsCoreResourcesWithoutAnApiVersion() throws IOException {
    JsonNode list = tree(documents.document("/api/v1"));
    assertEquals("APIResourceList", list.path("kind").asText());
    assertFalse(list.has("apiVersion"));
    assertEquals(
        mapper.readTree(
            "{\"name\":\"configmaps\",\"singularName\":\"configmap\",\"namespaced\":true,\"kind\":\"ConfigMap\","
                + "\"verbs\":[\"create\",\"delete\",\"deletecollection\",\"get\",\"list\",\"patch\",\"update\",\"watch\"],"
                + "\"shortNames\":[\"cm\"],\"storageVersionHash\":\"qFsyl6wFWjQ=\"}"),
        list.path("resources").path(2));
    assertEquals("pods/eviction", resource(list, "pods/eviction").path("name").asText());
    assertEquals("policy", resource(list, "pods/eviction").path("group").asText());
    assertFalse(resource(list, "pods/status").has("group"));
  }

  @Test
  void listsGroupsInOrder() throws IOException {
    JsonNode groups = tree(documents.document("/apis")).path("groups");
    assertEquals(20, groups.size());
    assertEquals("apiregistration.k8s.io", groups.path(0).path("name").asText());
    assertEquals(groups, tree(documents.document("/apis/")).path("groups"));
    assertEquals(
        mapper.readTree(
            "{\"kind\":\"APIGroup\",\"apiVersion\":\"v1\",\"name\":\"autoscaling\",\"versions\":["
                + "{\"groupVersion\":\"autoscaling/v2\",\"version\":\"v2\"},"
                + "{\"groupVersion\":\"autoscaling/v1\",\"version\":\"v1\"}],"
                + "\"preferredVersion\":{\"groupVersion\":\"autoscaling/v2\",\"version\":\"v2\"}}"),
        tree(documents.document("/apis/autoscaling")));
  }

  @Test
  void unknownPathsHaveNoDocument() {
    assertNull(documents.document("/apis/nope"));
    assertNull(documents.document("/apis/apps/v2"));
    assertNull(documents.document("/api"));
    assertNull(documents.aggregated("/apis/apps"));
  }

  @Test
  void aggregatedNamesForeignKindsInFull() throws IOException {
    JsonNode core = tree(documents.aggregated("/api"));
    assertEquals("apidiscovery.k8s.io/v2", core.path("apiVersion").asText());
    JsonNode version = core.path("items").path(0).path("versions").path(0);
    assertEquals("Current", version.path("freshness").asText());
    JsonNode accounts = null;
    for (JsonNode resource : version.path("resources")) {
      if (resource.path("resource").asText().equals("serviceaccounts")) {
        accounts = resource;
      }
    }
    assertEquals(
        mapper.readTree(
            "{\"resource\":\"serviceaccounts\",\"responseKind\":{\"group\":\"\",\"version\":\"\",\"kind\":"
                + "\"ServiceAccount\"},\"scope\":\"Namespaced\",\"singularResource\":\"serviceaccount\",\"verbs\":"
                + "[\"create\",\"delete\",\"deletecollection\",\"get\",\"list\",\"patch\",\"update\",\"watch\"],"
                + "\"shortNames\":[\"sa\"],\"subresources\":[{\"subresource\":\"token\",\"responseKind\":{\"group\":"
                + "\"authentication.k8s.io\",\"version\":\"v1\",\"kind\":\"TokenRequest\"},\"verbs\":[\"create\"]}]}"),
        accounts);
    assertEquals(20, tree(documents.aggregated("/apis")).path("items").size());
  }

  @Test
  void documentsAreMadeAnewOnlyWhenTheCatalogueChanges() {
    DiscoveryDocument before = documents.document("/apis");
    assertNotNull(before);
    assertSame(before, documents.document("/apis"));
    catalogue.serve(
        List.of(
            new ResourceGroup("x.example", List.of(new ResourceGroup.Version("v1", List.of())))));
    DiscoveryDocument after = documents.document("/apis");
    assertNotNull(after);
    assertNotEquals(before.etag(), after.etag());
    assertTrue(documents.paths().contains("/apis/x.example/v1"));
  }

  @Test
  void pathsAreThoseOfTheRoot() {
    assertEquals(
        List.of("/api", "/api/v1", "/apis", "/apis/", "/apis/admissionregistration.k8s.io"),
        documents.paths().subList(0, 5));
  }

  @Test
  void aggregatedIsServedToWhoPrefersIt() {
    assertTrue(
        DiscoveryAccept.aggregated(
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json"));
    assertTrue(
        DiscoveryAccept.aggregated(
            "application/json;g=apidiscovery.k8s.io;v=v3;as=APIGroupDiscoveryList,"
                + "application/json;as=APIGroupDiscoveryList;v=v2;g=apidiscovery.k8s.io,application/json"));
    assertFalse(
        DiscoveryAccept.aggregated(
            "application/json,application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"));
    assertFalse(DiscoveryAccept.aggregated("application/json"));
    assertFalse(DiscoveryAccept.aggregated(null));
  }

  private JsonNode tree(@Nullable DiscoveryDocument document) throws IOException {
    assertNotNull(document);
    return mapper.readTree(document.json());
  }

  private static JsonNode resource(JsonNode list, String name) {
    for (JsonNode resource : list.path("resources")) {
      if (resource.path("name").asText().equals(name)) {
        return resource;
      }
    }
    throw new AssertionError("no " + name);
  }
}
