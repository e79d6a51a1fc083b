package dev.sallyport.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sallyport.junit.Credentials;
import dev.sallyport.junit.Sallyport;
import dev.sallyport.junit.SallyportTest;
import dev.sallyport.junit.User;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;

@SallyportTest
final class GreetingIT {
  @Test
  void viewersRead(Sallyport server, @User(name = "ann", clusterRoles = "view") Credentials ann) {
    server.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: hi}, data: {text: hello}}");
    Config config = Config.fromKubeconfig(ann.kubeconfig());
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      var hi = client.configMaps().inNamespace("default").withName("hi");
      assertEquals("hello", hi.get().getData().get("text"));
      assertThrows(KubernetesClientException.class, hi::delete);
    }
  }
}
