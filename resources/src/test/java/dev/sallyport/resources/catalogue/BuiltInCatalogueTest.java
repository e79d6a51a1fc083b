package dev.sallyport.resources.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.ResourceGroup;
import dev.sallyport.resources.Subresource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BuiltInCatalogueTest {

  private final BuiltInCatalogue catalogue = new BuiltInCatalogue();

  @Test
  void findsConfigMapsByPathAndByKind() {
    ResourceDefinition found = catalogue.find("", "v1", "configmaps");
    assertNotNull(found);
    assertEquals("ConfigMap", found.kind().kind());
    assertEquals(List.of("cm"), found.shortNames());
    assertTrue(found.namespaced());
    assertEquals("configmaps", found.collection());
    assertEquals("qFsyl6wFWjQ=", found.storageVersionHash());
    assertEquals(found, catalogue.findKind(new GroupVersionKind("", "v1", "ConfigMap")));
  }

  @Test
  void namespacesHaveNoDeleteCollection() {
    ResourceDefinition found = catalogue.find("", "v1", "namespaces");
    assertNotNull(found);
    assertFalse(found.supports("deletecollection"));
    assertTrue(found.supports("delete"));
    Subresource finalize = found.subresource("finalize");
    assertNotNull(finalize);
    assertEquals(List.of("update"), finalize.verbs());
  }

  @Test
  void reviewsAreOnlyAnswered() {
    ResourceDefinition found = catalogue.find("authorization.k8s.io", "v1", "subjectaccessreviews");
    assertNotNull(found);
    assertFalse(found.stored());
    assertEquals(List.of("create"), found.verbs());
  }

  @Test
  void bothEventKindsShareACollection() {
    ResourceDefinition core = catalogue.find("", "v1", "events");
    ResourceDefinition events = catalogue.find("events.k8s.io", "v1", "events");
    assertNotNull(core);
    assertNotNull(events);
    assertEquals(core.collection(), events.collection());
    assertEquals(core.kind(), events.storageKind());
    assertEquals("r2yiGXH7wu8=", events.storageVersionHash());
  }

  @Test
  void collectionsAreThoseOfKubeApiserver() {
    assertEquals("services/specs", collection("", "services"));
    assertEquals("services/endpoints", collection("", "endpoints"));
    assertEquals("minions", collection("", "nodes"));
    assertEquals("controllers", collection("", "replicationcontrollers"));
    assertEquals("ingress", collection("networking.k8s.io", "ingresses"));
    assertEquals("roles", collection("rbac.authorization.k8s.io", "roles"));
  }

  @Test
  void scaleIsOfAnotherGroup() {
    ResourceDefinition deployments = catalogue.find("apps", "v1", "deployments");
    assertNotNull(deployments);
    Subresource scale = deployments.subresource("scale");
    assertNotNull(scale);
    assertEquals(new GroupVersionKind("autoscaling", "v1", "Scale"), scale.kind());
  }

  @Test
  void groupsStandInDiscoveryOrder() {
    List<String> names = catalogue.groups().stream().map(ResourceGroup::name).toList();
    assertEquals(
        List.of("", "apiregistration.k8s.io", "apps", "events.k8s.io"), names.subList(0, 4));
    assertEquals(21, names.size());
    assertEquals(
        "v2", catalogue.groups().get(names.indexOf("autoscaling")).versions().get(0).name());
  }

  @Test
  void noTwoKindsShareACollectionUnlessOneIsStoredAsTheOther() {
    Set<String> seen = new HashSet<>();
    for (ResourceGroup group : catalogue.groups()) {
      for (ResourceGroup.Version version : group.versions()) {
        for (ResourceDefinition definition : version.resources()) {
          if (definition.stored() && definition.storageKind().equals(definition.kind())) {
            assertTrue(seen.add(definition.collection()), definition.collection());
          }
        }
      }
    }
  }

  @Test
  void groupsComeAndGoAtRunTime() {
    long before = catalogue.generation();
    ResourceDefinition pods = catalogue.find("", "v1", "pods");
    assertNotNull(pods);
    catalogue.serve(
        List.of(
            new ResourceGroup("x.example", List.of(new ResourceGroup.Version("v1", List.of(pods)))),
            new ResourceGroup("apps", List.of())));
    assertEquals(pods, catalogue.find("x.example", "v1", "pods"));
    assertTrue(catalogue.serves("x.example", "v1"));
    assertTrue(catalogue.generation() > before);
    assertNotNull(catalogue.find("apps", "v1", "deployments"), "a built-in group stays");
    catalogue.serve(List.of());
    assertNull(catalogue.find("x.example", "v1", "pods"));
    assertFalse(catalogue.serves("x.example", "v1"));
  }

  private String collection(String group, String plural) {
    ResourceDefinition found = catalogue.find(group, "v1", plural);
    assertNotNull(found);
    return found.collection();
  }
}
