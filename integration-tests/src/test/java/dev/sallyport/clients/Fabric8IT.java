package dev.sallyport.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.junit.Credentials;
import dev.sallyport.junit.Sallyport;
import dev.sallyport.junit.SallyportTest;
import dev.sallyport.junit.User;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What Java programs do most with fabric8's kubernetes-client, over its own choice of HTTP client.
 */
@SallyportTest
final class Fabric8IT {
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
        namespace: NAMESPACE
      spec:
        replicas: 1
        selector:
          matchLabels: {app: web}
        template:
          metadata:
            labels: {app: web}
          spec:
            containers:
            - name: web
              image: web:1
      """;

  private static KubernetesClient client;

  @BeforeAll
  static void connect(Credentials admin) {
    client = client(admin);
  }

  @AfterAll
  static void close() {
    client.close();
  }

  private static KubernetesClient client(Credentials who) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(who.kubeconfig()))
        .build();
  }

  private static void namespace(String name) {
    client
        .namespaces()
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  private static ConfigMap configMap(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("of", "test")
        .endMetadata()
        .addToData("value", value)
        .build();
  }

  private static NonNamespaceOperation<ConfigMap, ConfigMapList, Resource<ConfigMap>> configMaps(
      String namespace) {
    return client.configMaps().inNamespace(namespace);
  }

  @Test
  void createsReadsChangesAndDeletes() {
    namespace("crud");
    ConfigMap made = configMaps("crud").resource(configMap("a", "1")).create();
    assertNotNull(made.getMetadata().getUid());
    ConfigMap edited =
        configMaps("crud")
            .withName("a")
            .edit(old -> new ConfigMapBuilder(old).addToData("value", "2").build());
    assertEquals("2", edited.getData().get("value"));
    KubernetesClientException stale =
        assertThrows(
            KubernetesClientException.class,
            () -> configMaps("crud").resource(made).lockResourceVersion().update());
    assertEquals(409, stale.getCode());
    assertEquals(1, configMaps("crud").withName("a").delete().size());
    assertNull(configMaps("crud").withName("a").get());
  }

  @Test
  void listsInPages() {
    namespace("pages");
    for (int i = 0; i < 25; i++) {
      configMaps("pages").resource(configMap("map-" + i, "x")).create();
    }
    Set<String> names = new HashSet<>();
    String next = null;
    do {
      ConfigMapList page =
          configMaps("pages")
              .withLabel("of", "test")
              .list(new ListOptionsBuilder().withLimit(10L).withContinue(next).build());
      page.getItems().forEach(each -> names.add(each.getMetadata().getName()));
      next = page.getMetadata().getContinue();
    } while (next != null && !next.isEmpty());
    assertEquals(25, names.size());
    assertEquals(
        1, configMaps("pages").withField("metadata.name", "map-7").list().getItems().size());
  }

  @Test
  void watches() throws Exception {
    namespace("watched");
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    try (Watch watch =
        configMaps("watched")
            .withLabel("of", "test")
            .watch(
                new Watcher<>() {
                  @Override
                  public void eventReceived(Action action, ConfigMap map) {
                    seen.add(action + " " + map.getMetadata().getName());
                  }

                  @Override
                  public void onClose(WatcherException cause) {
                    seen.add("closed " + cause);
                  }
                })) {
      configMaps("watched").resource(configMap("b", "1")).create();
      assertEquals("ADDED b", seen.poll(30, TimeUnit.SECONDS));
      configMaps("watched").withName("b").patch("{\"data\":{\"value\":\"2\"}}");
      assertEquals("MODIFIED b", seen.poll(30, TimeUnit.SECONDS));
      configMaps("watched").withName("b").delete();
      assertEquals("DELETED b", seen.poll(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void patchesInEveryWay() {
    namespace("patched");
    configMaps("patched").resource(configMap("a", "1")).create();
    Resource<ConfigMap> map = configMaps("patched").withName("a");
    map.patch(
        PatchContext.of(PatchType.JSON),
        "[{\"op\":\"test\",\"path\":\"/data/value\",\"value\":\"1\"},"
            + "{\"op\":\"add\",\"path\":\"/data/json\",\"value\":\"x\"}]");
    map.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"value\":null,\"merge\":\"y\"}}");
    map.patch(PatchContext.of(PatchType.STRATEGIC_MERGE), "{\"data\":{\"strategic\":\"z\"}}");
    assertEquals(Map.of("json", "x", "merge", "y", "strategic", "z"), map.get().getData());
  }

  @Test
  void appliesOnTheServerSide() {
    namespace("applied");
    configMaps("applied").resource(configMap("a", "1")).fieldManager("one").serverSideApply();
    KubernetesClientException conflict =
        assertThrows(
            KubernetesClientException.class,
            () ->
                configMaps("applied")
                    .resource(configMap("a", "2"))
                    .fieldManager("two")
                    .serverSideApply());
    assertEquals(409, conflict.getCode());
    ConfigMap taken =
        configMaps("applied")
            .resource(configMap("a", "2"))
            .fieldManager("two")
            .forceConflicts()
            .serverSideApply();
    assertEquals("2", taken.getData().get("value"));
    assertEquals(2, taken.getMetadata().getManagedFields().size());
  }

  @Test
  void scalesAndWritesStatus() {
    namespace("scaled");
    List<HasMetadata> made = client.load(stream("scaled")).serverSideApply();
    assertEquals("RollingUpdate", ((Deployment) made.get(0)).getSpec().getStrategy().getType());
    var web = client.apps().deployments().inNamespace("scaled").withName("web");
    assertEquals(3, web.scale(3).getSpec().getReplicas());
    Deployment ready =
        web.editStatus(
            old ->
                old.edit()
                    .editOrNewStatus()
                    .withReplicas(3)
                    .withReadyReplicas(3)
                    .withAvailableReplicas(3)
                    .withUpdatedReplicas(3)
                    .withObservedGeneration(old.getMetadata().getGeneration())
                    .endStatus()
                    .build());
    assertEquals(2, ready.getMetadata().getGeneration());
    web.waitUntilReady(30, TimeUnit.SECONDS);
    web.updateImage("web:2");
    assertEquals(
        "web:2", web.get().getSpec().getTemplate().getSpec().getContainers().get(0).getImage());
    assertEquals(3, web.get().getStatus().getReadyReplicas());
  }

  private static InputStream stream(String namespace) {
    return bytes(DEPLOYMENT.replace("NAMESPACE", namespace));
  }

  @Test
  void workWithKindsThatHaveNoClass() {
    namespace("generic");
    GenericKubernetesResource lease =
        client
            .genericKubernetesResources("coordination.k8s.io/v1", "Lease")
            .inNamespace("generic")
            .load(
                bytes(
                    """
                    {"apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
                     "metadata": {"name": "a"}, "spec": {"holderIdentity": "me"}}
                    """))
            .create();
    assertEquals("me", lease.get("spec", "holderIdentity"));
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void electsOneLeaderAtATime() throws Exception {
    namespace("elected");
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    CompletableFuture<?> one = elect("one", first);
    assertTrue(first.await(30, TimeUnit.SECONDS));
    CompletableFuture<?> two = elect("two", second);
    assertFalse(second.await(1, TimeUnit.SECONDS), "while the first one leads");
    one.cancel(true);
    assertTrue(second.await(60, TimeUnit.SECONDS), "after the first one gave up");
    two.cancel(true);
  }

  private static CompletableFuture<?> elect(String identity, CountDownLatch leading) {
    return client
        .leaderElector()
        .withConfig(
            new LeaderElectionConfigBuilder()
                .withName("election")
                .withLeaseDuration(Duration.ofSeconds(15))
                .withRenewDeadline(Duration.ofSeconds(10))
                .withRetryPeriod(Duration.ofMillis(200))
                .withReleaseOnCancel(true)
                .withLock(new LeaseLock("elected", "leader", identity))
                .withLeaderCallbacks(
                    new LeaderCallbacks(leading::countDown, () -> {}, leader -> {}))
                .build())
        .build()
        .start();
  }

  @Test
  void usersGetWhatTheyAreGranted(
      Sallyport sallyport, @User(name = "ann", clusterRoles = "view") Credentials ann) {
    namespace("granted");
    Credentials robot = sallyport.serviceAccount("granted", "robot");
    sallyport.grant(robot.user(), "edit", "granted");
    try (KubernetesClient reader = client(ann);
        KubernetesClient writer = client(robot)) {
      writer.configMaps().inNamespace("granted").resource(configMap("a", "1")).create();
      assertNotNull(reader.configMaps().inNamespace("granted").withName("a").get());
      KubernetesClientException refused =
          assertThrows(
              KubernetesClientException.class,
              () -> reader.configMaps().inNamespace("granted").withName("a").delete());
      assertEquals(403, refused.getCode());
      assertEquals("1", String.valueOf(client.getKubernetesVersion().getMajor()));
      assertEquals(
          "ann",
          reader
              .authentication()
              .v1()
              .selfSubjectReviews()
              .create(new SelfSubjectReviewBuilder().build())
              .getStatus()
              .getUserInfo()
              .getUsername());
    }
  }
}
