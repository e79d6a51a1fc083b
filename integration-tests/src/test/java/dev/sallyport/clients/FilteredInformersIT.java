package dev.sallyport.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.junit.Credentials;
import dev.sallyport.junit.Sallyport;
import dev.sallyport.junit.SallyportTest;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import java.io.StringReader;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Both libraries' informers across namespaces, of somebody who may read some of them: their copies
 * follow the bindings, also over broken connections during which bindings change.
 */
@SallyportTest(perMethod = true)
final class FilteredInformersIT {
  private static final long PATIENCE_SECONDS = 60;
  private static final List<String> NAMESPACES = List.of("red", "green", "blue");

  private static KubernetesClient client(String kubeconfig) {
    return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
  }

  private static void create(KubernetesClient admin, String namespace, String name) {
    ConfigMap map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(name)
            .addToLabels("of", "test")
            .endMetadata()
            .build();
    admin.resource(map).inNamespace(namespace).create();
  }

  private static void bind(Sallyport sallyport, String namespace) {
    sallyport.apply(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata:
          name: ann
          namespace: %s
          labels: {sallyport.dev/filter-lists: "true"}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects:
        - {apiGroup: rbac.authorization.k8s.io, kind: User, name: ann}
        """
            .formatted(namespace));
  }

  private static void unbind(KubernetesClient admin, String namespace) {
    admin.rbac().roleBindings().inNamespace(namespace).withName("ann").delete();
  }

  private static io.kubernetes.client.informer.SharedIndexInformer<V1ConfigMap> follow(
      String kubeconfig) throws Exception {
    ApiClient client =
        ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(new StringReader(kubeconfig))).build();
    GenericKubernetesApi<V1ConfigMap, V1ConfigMapList> maps =
        new GenericKubernetesApi<>(
            V1ConfigMap.class, V1ConfigMapList.class, "", "v1", "configmaps", client);
    SharedInformerFactory factory = new SharedInformerFactory(client);
    var informer = factory.sharedIndexInformerFor(maps, V1ConfigMap.class, 0);
    factory.startAllRegisteredInformers();
    return informer;
  }

  private static <T> Set<String> keys(Collection<T> objects, Function<T, String> key) {
    Set<String> keys = new TreeSet<>();
    objects.forEach(object -> keys.add(key.apply(object)));
    keys.removeIf(name -> name.endsWith("/kube-root-ca.crt"));
    return keys;
  }

  private static void await(Set<String> expected, Supplier<Set<String>> known)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!known.get().equals(expected) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertEquals(expected, known.get());
  }

  @Test
  void copiesFollowTheBindings(Sallyport sallyport, Credentials admin) throws Exception {
    Credentials ann = sallyport.user("ann");
    try (Cable cable = new Cable(sallyport.port());
        KubernetesClient direct = client(admin.kubeconfig());
        KubernetesClient cabled = client(through(cable, sallyport, ann))) {
      for (String namespace : NAMESPACES) {
        sallyport.apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace + "}}");
        create(direct, namespace, "one");
      }
      bind(sallyport, "red");
      var official = follow(through(cable, sallyport, ann));
      try (SharedIndexInformer<ConfigMap> fabric8 = cabled.configMaps().inAnyNamespace().inform()) {
        Supplier<Set<String>> first =
            () ->
                keys(
                    fabric8.getStore().list(),
                    map -> map.getMetadata().getNamespace() + "/" + map.getMetadata().getName());
        Supplier<Set<String>> second =
            () ->
                keys(
                    official.getIndexer().list(),
                    map -> map.getMetadata().getNamespace() + "/" + map.getMetadata().getName());
        await(Set.of("red/one"), first);
        await(Set.of("red/one"), second);

        bind(sallyport, "blue");
        create(direct, "blue", "two");
        await(Set.of("red/one", "blue/one", "blue/two"), first);
        await(Set.of("red/one", "blue/one", "blue/two"), second);

        unbind(direct, "red");
        await(Set.of("blue/one", "blue/two"), first);
        await(Set.of("blue/one", "blue/two"), second);

        cable.cut();
        unbind(direct, "blue");
        bind(sallyport, "green");
        create(direct, "green", "two");
        cable.mend();
        await(Set.of("green/one", "green/two"), first);
        await(Set.of("green/one", "green/two"), second);

        direct.configMaps().inNamespace("green").withName("one").delete();
        await(Set.of("green/two"), first);
        await(Set.of("green/two"), second);
      } finally {
        official.stop();
      }
    }
  }

  private static String through(Cable cable, Sallyport sallyport, Credentials who) {
    return who.kubeconfig().replace(":" + sallyport.port(), ":" + cable.port());
  }
}
