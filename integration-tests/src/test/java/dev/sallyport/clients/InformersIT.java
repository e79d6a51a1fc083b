package dev.sallyport.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.sallyport.junit.Credentials;
import dev.sallyport.junit.Sallyport;
import dev.sallyport.junit.SallyportTest;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Both libraries' informers over thousands of changes: no event lost, none told twice, also across
 * broken connections; and over a compaction, after which they list anew, the same objects.
 */
@SallyportTest(perMethod = true, flags = "--etcd-compaction-interval=1s")
final class InformersIT {
  private static final String NAMESPACE = "default";
  private static final int CHANGES = 2000;
  private static final int NAMES = 60;
  private static final long PATIENCE_SECONDS = 60;

  private final Diary fabric8 = new Diary(false);
  private final Diary official = new Diary(true);
  private final List<String> done = new ArrayList<>();
  private final Map<String, ConfigMap> there = new HashMap<>();
  private final Random random = new Random(42);

  private static KubernetesClient client(String kubeconfig) {
    return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
  }

  private final class Fabric8Handler implements ResourceEventHandler<ConfigMap> {
    @Override
    public void onAdd(ConfigMap map) {
      fabric8.added(map.getMetadata().getName(), version(map));
    }

    @Override
    public void onUpdate(ConfigMap before, ConfigMap map) {
      fabric8.changed(map.getMetadata().getName(), version(map));
    }

    @Override
    public void onDelete(ConfigMap map, boolean stateUnknown) {
      fabric8.deleted(map.getMetadata().getName());
    }
  }

  private final class OfficialHandler
      implements io.kubernetes.client.informer.ResourceEventHandler<V1ConfigMap> {
    @Override
    public void onAdd(V1ConfigMap map) {
      official.added(name(map), map.getMetadata().getResourceVersion());
    }

    @Override
    public void onUpdate(V1ConfigMap before, V1ConfigMap map) {
      official.changed(name(map), map.getMetadata().getResourceVersion());
    }

    @Override
    public void onDelete(V1ConfigMap map, boolean stateUnknown) {
      official.deleted(name(map));
    }

    private static String name(V1ConfigMap map) {
      return map.getMetadata().getName();
    }
  }

  private SharedIndexInformer<ConfigMap> follow(KubernetesClient client) {
    return client
        .configMaps()
        .inNamespace(NAMESPACE)
        .withLabel("of", "test")
        .inform(new Fabric8Handler());
  }

  private SharedInformerFactory follow(String kubeconfig) throws Exception {
    ApiClient client =
        ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(new StringReader(kubeconfig))).build();
    GenericKubernetesApi<V1ConfigMap, V1ConfigMapList> maps =
        new GenericKubernetesApi<>(
            V1ConfigMap.class, V1ConfigMapList.class, "", "v1", "configmaps", client);
    SharedInformerFactory factory = new SharedInformerFactory(client);
    var informer = factory.sharedIndexInformerFor(maps, V1ConfigMap.class, 0, NAMESPACE);
    informer.addEventHandler(new OfficialHandler());
    factory.startAllRegisteredInformers();
    await("the official informer's first list", informer::hasSynced);
    return factory;
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail("did not come true: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Creates, changes and deletes, and keeps what an informer that misses nothing tells of it. */
  private void change(KubernetesClient client, int times) {
    for (int i = 0; i < times; i++) {
      String name = "map-" + random.nextInt(NAMES);
      ConfigMap before = there.get(name);
      if (before == null) {
        ConfigMap made = client.resource(map(name, i)).inNamespace(NAMESPACE).create();
        there.put(name, made);
        note("added", made, " " + version(made));
      } else if (random.nextInt(5) == 0) {
        client.resource(before).delete();
        there.remove(name);
        note("deleted", before, "");
      } else {
        ConfigMap changed = client.resource(map(name, i)).inNamespace(NAMESPACE).update();
        there.put(name, changed);
        note("changed", changed, " " + version(changed));
      }
    }
  }

  private void note(String what, ConfigMap map, String version) {
    done.add(what + " " + map.getMetadata().getName() + version);
  }

  private static String version(ConfigMap map) {
    return map.getMetadata().getResourceVersion();
  }

  private static ConfigMap map(String name, int i) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("of", "test")
        .endMetadata()
        .addToData("i", Integer.toString(i))
        .build();
  }

  /** What both know is what there is, and nothing was told that cannot be. */
  private void bothKnowTheLastState() throws InterruptedException {
    Map<String, Long> state = new HashMap<>();
    there.forEach((name, map) -> state.put(name, Long.valueOf(version(map))));
    awaitEqual(state, fabric8::alive, fabric8);
    awaitEqual(state, () -> ours(official.alive()), official);
    assertEquals(List.of(), fabric8.wrong());
    assertEquals(List.of(), official.wrong());
  }

  private static void awaitEqual(
      Map<String, Long> expected, Supplier<Map<String, Long>> known, Diary diary)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!known.get().equals(expected) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertEquals(
        new TreeMap<>(expected), new TreeMap<>(known.get()), () -> "wrong: " + diary.wrong());
  }

  /** The official informer has no selector: it sees the server's own objects in the namespace. */
  private static Map<String, Long> ours(Map<String, Long> alive) {
    Map<String, Long> ours = new HashMap<>(alive);
    ours.keySet().removeIf(name -> !name.startsWith("map-"));
    return ours;
  }

  @Test
  void everyChangeIsToldOnce(Credentials admin) throws Exception {
    try (KubernetesClient client = client(admin.kubeconfig());
        SharedIndexInformer<ConfigMap> informer = follow(client)) {
      SharedInformerFactory factory = follow(admin.kubeconfig());
      change(client, CHANGES);
      bothKnowTheLastState();
      assertEquals(done, fabric8.told());
      // This one tells the changes of one object in order, but not those of different ones.
      List<String> told = official.told().stream().filter(line -> line.contains(" map-")).toList();
      assertEquals(done.stream().sorted().toList(), told.stream().sorted().toList());
      assertEquals(there.size(), informer.getStore().list().size());
      factory.stopAllRegisteredInformers();
    }
  }

  @Test
  void brokenConnectionsLoseNothing(Sallyport sallyport, Credentials admin) throws Exception {
    try (Cable cable = new Cable(sallyport.port());
        KubernetesClient direct = client(admin.kubeconfig());
        KubernetesClient cabled = client(through(cable, sallyport, admin));
        SharedIndexInformer<ConfigMap> informer = follow(cabled)) {
      SharedInformerFactory factory = follow(through(cable, sallyport, admin));
      for (int i = 0; i < 4; i++) {
        change(direct, 150);
        cable.cut();
        change(direct, 50);
        cable.mend();
      }
      bothKnowTheLastState();
      assertTrue(informer.isWatching() || informer.isRunning());
      factory.stopAllRegisteredInformers();
    }
  }

  @Test
  void whoMissesACompactionListsAnew(Sallyport sallyport, Credentials admin) throws Exception {
    try (Cable cable = new Cable(sallyport.port());
        KubernetesClient direct = client(admin.kubeconfig());
        KubernetesClient cabled = client(through(cable, sallyport, admin));
        SharedIndexInformer<ConfigMap> informer = follow(cabled)) {
      SharedInformerFactory factory = follow(through(cable, sallyport, admin));
      change(direct, 100);
      bothKnowTheLastState();
      String old = informer.lastSyncResourceVersion();
      cable.cut();
      change(direct, 100);
      await("a compaction", () -> isCompacted(direct, old));
      cable.mend();
      bothKnowTheLastState();
      change(direct, 100);
      bothKnowTheLastState();
      factory.stopAllRegisteredInformers();
    }
  }

  /** Asks for that revision's list; writes meanwhile, since history is trimmed by writes. */
  private boolean isCompacted(KubernetesClient client, String version) {
    change(client, 1);
    String list =
        "/api/v1/namespaces/"
            + NAMESPACE
            + "/configmaps?limit=1&resourceVersionMatch=Exact&resourceVersion="
            + version;
    try {
      return client.raw(list) == null;
    } catch (io.fabric8.kubernetes.client.KubernetesClientException e) {
      return e.getCode() == 410;
    }
  }

  private static String through(Cable cable, Sallyport sallyport, Credentials who) {
    return who.kubeconfig().replace(":" + sallyport.port(), ":" + cable.port());
  }
}
