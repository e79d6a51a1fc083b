package dev.sallyport.resources.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.kinds.KindFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PodRuntimesTest {

  private final KindFixture kinds = new KindFixture(PodRuntimes::new);

  @AfterEach
  void close() {
    kinds.close();
  }

  private static String pod(String more) {
    return "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i}]"
        + more
        + "}}";
  }

  private String refusal(String more) {
    StatusException refused = assertThrows(StatusException.class, () -> kinds.create(pod(more)));
    assertEquals(403, refused.status().code());
    return refused.status().message();
  }

  @Test
  void podGetsWhatItsRuntimeCosts() {
    kinds.create(
        "{apiVersion: node.k8s.io/v1, kind: RuntimeClass, metadata: {name: kata}, handler: kata,"
            + " overhead: {podFixed: {cpu: 250m}}, scheduling: {nodeSelector: {virt: 'yes'},"
            + " tolerations: [{key: virt, operator: Exists}]}}");
    JsonNode spec =
        kinds.create(pod(", runtimeClassName: kata, nodeSelector: {disk: ssd}")).path("spec");
    assertEquals("250m", spec.path("overhead").path("cpu").asText());
    assertEquals("yes", spec.path("nodeSelector").path("virt").asText());
    assertEquals("ssd", spec.path("nodeSelector").path("disk").asText());
    assertEquals("virt", spec.path("tolerations").path(0).path("key").asText());
    assertEquals(
        "pods \"p\" is forbidden: pod rejected: Pod's Overhead doesn't match RuntimeClass's defined"
            + " Overhead",
        refusal(", runtimeClassName: kata, overhead: {cpu: 1}"));
    assertEquals(
        "pods \"p\" is forbidden: conflict: runtimeClass.scheduling.nodeSelector[virt] = yes,"
            + " pod.spec.nodeSelector[virt] = 'no'".replace("'", ""),
        refusal(", runtimeClassName: kata, nodeSelector: {virt: 'no'}"));
  }

  @Test
  void runtimeMustBeThere() {
    assertEquals(
        "pods \"p\" is forbidden: pod rejected: RuntimeClass \"none\" not found",
        refusal(", runtimeClassName: none"));
    assertEquals(
        "pods \"p\" is forbidden: pod rejected: Pod Overhead set without corresponding RuntimeClass"
            + " defined Overhead",
        refusal(", overhead: {cpu: 1}"));
  }
}
