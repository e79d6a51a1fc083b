package dev.sallyport.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.reflect.TypeToken;
import dev.sallyport.junit.Credentials;
import dev.sallyport.junit.SallyportTest;
import dev.sallyport.junit.User;
import io.kubernetes.client.Discovery;
import io.kubernetes.client.ProtoClient;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.CustomObjectsApi;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentStatus;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Scale;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.PatchUtils;
import io.kubernetes.client.util.Watch;
import io.kubernetes.client.util.Yaml;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesApi;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesObject;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Java programs do most with the official client. */
@SallyportTest
final class OfficialClientIT {
  private static ApiClient client;
  private static CoreV1Api core;

  @BeforeAll
  static void connect(Credentials admin) throws IOException {
    client = client(admin);
    core = new CoreV1Api(client);
  }

  private static ApiClient client(Credentials who) throws IOException {
    KubeConfig config = KubeConfig.loadKubeConfig(new StringReader(who.kubeconfig()));
    return ClientBuilder.kubeconfig(config).build();
  }

  private static void namespace(String name) throws ApiException {
    core.createNamespace(new V1Namespace().metadata(new V1ObjectMeta().name(name))).execute();
  }

  private static V1ConfigMap configMap(String name, String value) {
    return new V1ConfigMap()
        .apiVersion("v1")
        .kind("ConfigMap")
        .metadata(new V1ObjectMeta().name(name).putLabelsItem("of", "test"))
        .putDataItem("value", value);
  }

  @Test
  void createsReadsChangesAndDeletes() throws ApiException {
    namespace("crud");
    V1ConfigMap made = core.createNamespacedConfigMap("crud", configMap("a", "1")).execute();
    V1ConfigMap read = core.readNamespacedConfigMap("a", "crud").execute();
    assertEquals(made, read);
    core.replaceNamespacedConfigMap("a", "crud", read.putDataItem("value", "2")).execute();
    ApiException stale =
        assertThrows(
            ApiException.class, () -> core.replaceNamespacedConfigMap("a", "crud", made).execute());
    assertEquals(409, stale.getCode());
    assertEquals("Success", core.deleteNamespacedConfigMap("a", "crud").execute().getStatus());
    ApiException gone =
        assertThrows(ApiException.class, () -> core.readNamespacedConfigMap("a", "crud").execute());
    assertEquals(404, gone.getCode());
  }

  @Test
  void listsInPages() throws ApiException {
    namespace("pages");
    for (int i = 0; i < 25; i++) {
      core.createNamespacedConfigMap("pages", configMap("map-" + i, "x")).execute();
    }
    Set<String> names = new HashSet<>();
    String next = null;
    do {
      V1ConfigMapList page =
          core.listNamespacedConfigMap("pages")
              .labelSelector("of=test")
              .limit(10)
              ._continue(next)
              .execute();
      page.getItems().forEach(each -> names.add(each.getMetadata().getName()));
      next = page.getMetadata().getContinue();
    } while (next != null && !next.isEmpty());
    assertEquals(25, names.size());
  }

  @Test
  void watches() throws Exception {
    namespace("watched");
    core.createNamespacedConfigMap("watched", configMap("a", "1")).execute();
    try (Watch<V1ConfigMap> watch =
        Watch.createWatch(
            client,
            core.listNamespacedConfigMap("watched")
                .labelSelector("of=test")
                .watch(true)
                .timeoutSeconds(60)
                .buildCall(null),
            new TypeToken<Watch.Response<V1ConfigMap>>() {}.getType())) {
      assertEquals("ADDED", watch.next().type);
      core.deleteNamespacedConfigMap("a", "watched").execute();
      Watch.Response<V1ConfigMap> last = watch.next();
      assertEquals("DELETED", last.type);
      assertEquals("1", last.object.getData().get("value"));
    }
  }

  private static V1ConfigMap patch(String format, String body) throws ApiException {
    return PatchUtils.patch(
        V1ConfigMap.class,
        () ->
            core.patchNamespacedConfigMap("a", "patched", new V1Patch(body))
                .fieldManager("test")
                .buildCall(null),
        format,
        client);
  }

  private static V1ConfigMap apply(String manager, String value, @Nullable Boolean force)
      throws ApiException {
    V1ConfigMap map =
        new V1ConfigMap()
            .apiVersion("v1")
            .kind("ConfigMap")
            .metadata(new V1ObjectMeta().name("a"))
            .putDataItem("applied", value);
    return PatchUtils.patch(
        V1ConfigMap.class,
        () ->
            core.patchNamespacedConfigMap("a", "patched", new V1Patch(Yaml.dump(map)))
                .fieldManager(manager)
                .force(force)
                .buildCall(null),
        V1Patch.PATCH_FORMAT_APPLY_YAML,
        client);
  }

  @Test
  void patchesInEveryWay() throws ApiException {
    namespace("patched");
    core.createNamespacedConfigMap("patched", configMap("a", "1")).execute();
    patch(
        V1Patch.PATCH_FORMAT_JSON_PATCH,
        "[{\"op\":\"add\",\"path\":\"/data/json\",\"value\":\"x\"}]");
    patch(V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH, "{\"data\":{\"value\":null,\"merge\":\"y\"}}");
    patch(V1Patch.PATCH_FORMAT_STRATEGIC_MERGE_PATCH, "{\"data\":{\"strategic\":\"z\"}}");
    V1ConfigMap applied = apply("test", "w", true);
    assertEquals(
        Map.of("json", "x", "merge", "y", "strategic", "z", "applied", "w"), applied.getData());
    ApiException conflict =
        assertThrows(ApiException.class, () -> apply("other", "different", null));
    assertEquals(409, conflict.getCode());
  }

  @Test
  void scalesAndWritesStatus() throws ApiException {
    namespace("scaled");
    AppsV1Api apps = new AppsV1Api(client);
    V1Deployment made =
        apps.createNamespacedDeployment(
                "scaled",
                Yaml.loadAs(
                    """
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: web}
                    spec:
                      selector: {matchLabels: {app: web}}
                      template:
                        metadata: {labels: {app: web}}
                        spec: {containers: [{name: web, image: "web:1"}]}
                    """,
                    V1Deployment.class))
            .execute();
    assertEquals(1, made.getSpec().getReplicas());
    V1Scale scale = apps.readNamespacedDeploymentScale("web", "scaled").execute();
    scale.getSpec().setReplicas(3);
    apps.replaceNamespacedDeploymentScale("web", "scaled", scale).execute();
    V1Deployment scaled = apps.readNamespacedDeployment("web", "scaled").execute();
    assertEquals(3, scaled.getSpec().getReplicas());
    scaled.setStatus(new V1DeploymentStatus().replicas(3).readyReplicas(3));
    apps.replaceNamespacedDeploymentStatus("web", "scaled", scaled).execute();
    assertEquals(
        3, apps.readNamespacedDeployment("web", "scaled").execute().getStatus().getReadyReplicas());
  }

  @Test
  void speaksProtobuf() throws Exception {
    namespace("proto");
    ProtoClient proto = new ProtoClient(client);
    String path = "/api/v1/namespaces/proto/configmaps";
    V1.ConfigMap map =
        V1.ConfigMap.newBuilder()
            .setMetadata(Meta.ObjectMeta.newBuilder().setName("a"))
            .putData("value", "1")
            .build();
    ProtoClient.ObjectOrStatus<V1.ConfigMap> made = proto.create(map, path, "v1", "ConfigMap");
    assertNotNull(made.object, () -> String.valueOf(made.status));
    ProtoClient.ObjectOrStatus<V1.ConfigMapList> all =
        proto.list(V1.ConfigMapList.newBuilder(), path);
    assertTrue(
        all.object.getItemsList().stream()
            .anyMatch(each -> each.getDataMap().containsKey("value")));
    ProtoClient.ObjectOrStatus<V1.ConfigMap> missing =
        proto.get(V1.ConfigMap.newBuilder(), path + "/none");
    assertEquals(404, missing.status.getCode());
  }

  @Test
  void discoversWhatThereIs() throws ApiException {
    Set<Discovery.APIResource> all = new Discovery(client).findAll();
    for (String plural : Set.of("configmaps", "deployments", "leases", "clusterroles")) {
      assertTrue(all.stream().anyMatch(each -> plural.equals(each.getResourcePlural())), plural);
    }
  }

  @Test
  void worksWithKindsThatHaveNoClass() throws ApiException {
    namespace("dynamic");
    DynamicKubernetesApi leases =
        new DynamicKubernetesApi("coordination.k8s.io", "v1", "leases", client);
    JsonObject spec = new JsonObject();
    spec.addProperty("holderIdentity", "me");
    DynamicKubernetesObject lease = new DynamicKubernetesObject();
    lease.setApiVersion("coordination.k8s.io/v1");
    lease.setKind("Lease");
    lease.setMetadata(new V1ObjectMeta().namespace("dynamic").name("a"));
    lease.getRaw().add("spec", spec);
    leases.create(lease).throwsApiException();
    DynamicKubernetesObject read = leases.get("dynamic", "a").throwsApiException().getObject();
    assertEquals("me", read.getRaw().getAsJsonObject("spec").get("holderIdentity").getAsString());
    Object listed =
        new CustomObjectsApi(client)
            .listNamespacedCustomObject("coordination.k8s.io", "v1", "dynamic", "leases")
            .execute();
    assertTrue(listed.toString().contains("holderIdentity"), listed::toString);
  }

  @Test
  void usersGetWhatTheyAreGranted(@User(name = "ann", clusterRoles = "view") Credentials ann)
      throws Exception {
    CoreV1Api hers = new CoreV1Api(client(ann));
    assertNotNull(hers.listPodForAllNamespaces().execute());
    ApiException refused =
        assertThrows(ApiException.class, () -> hers.listSecretForAllNamespaces().execute());
    assertEquals(403, refused.getCode());
  }
}
