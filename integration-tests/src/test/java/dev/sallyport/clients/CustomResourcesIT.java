package dev.sallyport.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sallyport.junit.Credentials;
import dev.sallyport.junit.Sallyport;
import dev.sallyport.junit.SallyportTest;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** fabric8's typed custom resources, as its own examples use them. */
@SallyportTest
final class CustomResourcesIT {

  /** What is wanted. */
  public static final class LampSpec {
    public @Nullable String color;
    public int brightness;
  }

  /** What is. */
  public static final class LampStatus {
    public boolean lit;
  }

  /** A kind of this test's own. */
  @Group("home.example.com")
  @Version("v1")
  public static final class Lamp extends CustomResource<LampSpec, LampStatus>
      implements Namespaced {
    private static final long serialVersionUID = 1;
  }

  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        name: lamps.home.example.com
      spec:
        group: home.example.com
        scope: Namespaced
        names: {plural: lamps, singular: lamp, kind: Lamp}
        versions:
        - name: v1
          served: true
          storage: true
          subresources: {status: {}}
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  properties:
                    color: {type: string, enum: [white, red]}
                    brightness: {type: integer, default: 7}
                status:
                  type: object
                  properties:
                    lit: {type: boolean}
      ---
      apiVersion: home.example.com/v1
      kind: Lamp
      metadata:
        name: of-yaml
      spec:
        color: red
      """;

  @Test
  void typedResourcesAreKeptAndChecked(Sallyport sallyport, Credentials admin) {
    sallyport.apply(DEFINITION);
    Config config = Config.fromKubeconfig(admin.kubeconfig());
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      var lamps = client.resources(Lamp.class).inNamespace("default");
      assertEquals(7, lamps.withName("of-yaml").get().getSpec().brightness);
      Lamp made = lamps.resource(lamp("white")).create();
      made.setStatus(new LampStatus());
      made.getStatus().lit = true;
      lamps.resource(made).updateStatus();
      Lamp read = lamps.withName("of-java").get();
      assertEquals("white", read.getSpec().color);
      assertEquals(true, read.getStatus().lit);
      assertEquals(1, read.getMetadata().getGeneration());
      KubernetesClientException refused =
          assertThrows(
              KubernetesClientException.class,
              () -> lamps.resource(lamp("purple")).forceConflicts().serverSideApply());
      assertEquals(422, refused.getCode());
      assertEquals(2, lamps.list().getItems().size());
      assertEquals(1, lamps.withName("of-java").delete().size());
    }
  }

  private static Lamp lamp(String color) {
    Lamp lamp = new Lamp();
    lamp.setMetadata(new ObjectMetaBuilder().withName("of-java").build());
    lamp.setSpec(new LampSpec());
    lamp.getSpec().color = color;
    lamp.getSpec().brightness = 3;
    return lamp;
  }
}
