package dev.sallyport.resources.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.kinds.KindFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClassAdmissionTest {

  private final KindFixture kinds =
      new KindFixture(
          (store, codec) ->
              new DefaultClasses(store, codec).and(new PriorityClasses(store, codec)));

  @AfterEach
  void close() {
    kinds.close();
  }

  private void ingressClass(String name, boolean marked) {
    kinds.create(
        "{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: %s, annotations:"
                .formatted(name)
            + " {ingressclass.kubernetes.io/is-default-class: '%s'}}, spec: {controller: a.b/c}}"
                .formatted(marked));
  }

  private ObjectNode ingress(String name, String metadata, String spec) {
    return kinds.create(
        "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: %s%s}, spec: {%s"
                .formatted(name, metadata, spec)
            + "defaultBackend: {service: {name: web, port: {number: 80}}}}}");
  }

  @Test
  void ingressWithoutAClassGetsTheDefault() {
    assertFalse(ingress("before", "", "").path("spec").has("ingressClassName"));
    ingressClass("plain", false);
    ingressClass("usual", true);
    assertEquals("usual", ingress("web", "", "").path("spec").path("ingressClassName").asText());
    assertEquals(
        "plain",
        ingress("named", "", "ingressClassName: plain, ")
            .path("spec")
            .path("ingressClassName")
            .asText());
    assertFalse(
        ingress("old", ", annotations: {kubernetes.io/ingress.class: x}", "")
            .path("spec")
            .has("ingressClassName"));
  }

  @Test
  void ofSeveralDefaultsOfOneAgeTheFirstByNameIsTaken() {
    ingressClass("b", true);
    ingressClass("a", true);
    assertEquals("a", ingress("web", "", "").path("spec").path("ingressClassName").asText());
  }

  @Test
  void claimWithoutAClassGetsTheDefault() {
    kinds.create(
        "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: fast, annotations:"
            + " {storageclass.kubernetes.io/is-default-class: 'true'}}, provisioner: a.b}");
    String claim =
        "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: %s}, spec: {%saccessModes:"
            + " [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}";
    assertEquals(
        "fast",
        kinds.create(claim.formatted("c", "")).path("spec").path("storageClassName").asText());
    assertEquals(
        "",
        kinds
            .create(claim.formatted("d", "storageClassName: '', "))
            .path("spec")
            .path("storageClassName")
            .asText("none"));
  }

  private static String priority(String name, boolean marked) {
    return "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: %s}, value: 5,"
            .formatted(name)
        + " globalDefault: "
        + marked
        + "}";
  }

  @Test
  void onlyOnePriorityIsTheDefault() {
    kinds.create(priority("usual", true));
    kinds.create(priority("other", false));
    kinds.patch("scheduling.k8s.io/v1/priorityclasses/usual", "{'description':'x'}");
    StatusException refusal =
        assertThrows(StatusException.class, () -> kinds.create(priority("second", true)));
    assertEquals(403, refusal.status().code());
    assertEquals(
        "priorityclasses.scheduling.k8s.io \"second\" is forbidden: PriorityClass usual is already"
            + " marked as default. Only one default can exist",
        refusal.status().message());
  }

  @Test
  void systemPrioritiesStay() {
    kinds.create(
        "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name:"
            + " system-node-critical}, value: 2000001000}");
    StatusException refusal =
        assertThrows(
            StatusException.class,
            () -> kinds.delete("scheduling.k8s.io/v1/priorityclasses/system-node-critical"));
    assertEquals(
        "priorityclasses.scheduling.k8s.io \"system-node-critical\" is forbidden: this is a system"
            + " priority class and cannot be deleted",
        refusal.status().message());
  }
}
