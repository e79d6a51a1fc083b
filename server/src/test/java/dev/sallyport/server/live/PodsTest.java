package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sallyport.server.live.LiveServer.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods, what is added to them, and what is done with them, through a whole server. */
final class PodsTest {

  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String BUDGETS = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";

  @TempDir static Path folder;
  private static LiveServer server;

  @BeforeAll
  static void start() throws Exception {
    server = LiveServer.start(folder, "");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static Reply send(String method, String path, String body) throws Exception {
    return server.json("master", method, path, body);
  }

  private static JsonNode create(String path, String body) throws Exception {
    Reply reply = send("POST", path, body);
    assertEquals(201, reply.status(), reply.body());
    return new JsonMapper().readTree(reply.body());
  }

  private static String pod(String name, String more) {
    return "{'kind':'Pod','apiVersion':'v1','metadata':{'name':'%s','labels':{'app':'%s'}},"
            .formatted(name, name)
        + "'spec':{'containers':[{'name':'c','image':'i'}]%s}}".formatted(more);
  }

  private static void refused(int code, String message, Reply reply) {
    assertEquals(code, reply.status(), reply.body());
    assertTrue(reply.body().contains(message.replace("\"", "\\\"")), reply.body());
  }

  @Test
  void everyPodRunsAsAnAccountAndFindsItsToken() throws Exception {
    JsonNode spec = create(PODS, pod("accounted", "")).path("spec");

    assertEquals("default", spec.path("serviceAccountName").asText());
    assertEquals("default", spec.path("serviceAccount").asText());
    String volume = spec.at("/volumes/0/name").asText();
    assertTrue(volume.matches("kube-api-access-[a-z0-9]{5}"), volume);
    assertEquals(
        3607,
        spec.at("/volumes/0/projected/sources/0/serviceAccountToken/expirationSeconds").asInt());
    assertEquals(volume, spec.at("/containers/0/volumeMounts/0/name").asText());
    assertEquals(
        "/var/run/secrets/kubernetes.io/serviceaccount",
        spec.at("/containers/0/volumeMounts/0/mountPath").asText());
    assertEquals(0, spec.path("priority").asInt(-1));
    assertEquals("PreemptLowerPriority", spec.path("preemptionPolicy").asText());
    assertEquals("node.kubernetes.io/not-ready", spec.at("/tolerations/0/key").asText());
    assertEquals(300, spec.at("/tolerations/1/tolerationSeconds").asInt());

    JsonNode without =
        create(PODS, pod("tokenless", ",'automountServiceAccountToken':false")).path("spec");
    assertFalse(without.has("volumes"));
  }

  @Test
  void noPodRunsAsNobody() throws Exception {
    refused(
        403,
        "pods \"nobody\" is forbidden: error looking up service account default/missing:"
            + " serviceaccount \"missing\" not found",
        send("POST", PODS, pod("nobody", ",'serviceAccountName':'missing'")));
  }

  @Test
  void aPriorityIsItsClass() throws Exception {
    String classes = "/apis/scheduling.k8s.io/v1/priorityclasses";
    create(
        classes,
        "{'kind':'PriorityClass','apiVersion':'scheduling.k8s.io/v1','metadata':{'name':'high'},'value':1000}");

    JsonNode spec = create(PODS, pod("important", ",'priorityClassName':'high'")).path("spec");
    assertEquals(1000, spec.path("priority").asInt());

    refused(
        403,
        "no PriorityClass with name highest was found",
        send("POST", PODS, pod("most", ",'priorityClassName':'highest'")));
    refused(
        403,
        "the integer value of priority (7) must not be provided in pod spec; priority admission"
            + " controller computed 1000 from the given PriorityClass name",
        send("POST", PODS, pod("most", ",'priorityClassName':'high','priority':7")));
    // Made in the background of the start.
    int tries = 0;
    while (send("GET", classes + "/system-node-critical", "").status() != 200) {
      assertTrue(++tries < 1_000, "system-node-critical is not made");
    }
    JsonNode system =
        create(PODS, pod("system", ",'priorityClassName':'system-node-critical'")).path("spec");
    assertEquals(2_000_001_000, system.path("priority").asInt());
  }

  @Test
  void aPodIsPlacedOnce() throws Exception {
    create(PODS, pod("placed", ""));
    String binding =
        "{'kind':'Binding','apiVersion':'v1','metadata':{'name':'placed'},'target':{'kind':'Node','name':'%s'}}";
    JsonNode done = create(PODS + "/placed/binding", binding.formatted("n1"));
    assertEquals("Success", done.path("status").asText());

    JsonNode pod =
        new JsonMapper().readTree(server.json("master", "GET", PODS + "/placed", "").body());
    assertEquals("n1", pod.at("/spec/nodeName").asText());
    assertEquals("PodScheduled", pod.at("/status/conditions/0/type").asText());
    assertEquals(1, pod.at("/metadata/generation").asInt());

    refused(
        409,
        "Operation cannot be fulfilled on pods/binding \"placed\": pod placed is already assigned"
            + " to node \"n1\"",
        send("POST", PODS + "/placed/binding", binding.formatted("n2")));
    refused(
        422,
        "target.name: Required value",
        send("POST", "/api/v1/namespaces/default/bindings", binding.formatted("")));
    refused(
        404,
        "pods \"gone\" not found",
        send(
            "POST",
            "/api/v1/namespaces/default/bindings",
            binding.formatted("n1").replace("'placed'", "'gone'")));
  }

  @Test
  void anEvictionKeepsToTheBudget() throws Exception {
    create(PODS, pod("kept", ",'nodeName':'n1'"));
    Reply running =
        server.send(
            null,
            "PATCH",
            PODS + "/kept/status",
            "{\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}",
            "Authorization: Bearer master",
            "Content-Type: application/merge-patch+json");
    assertEquals(200, running.status(), running.body());
    create(
        BUDGETS,
        "{'kind':'PodDisruptionBudget','apiVersion':'policy/v1','metadata':{'name':'b'},"
            + "'spec':{'minAvailable':1,'selector':{'matchLabels':{'app':'kept'}}}}");
    String eviction = "{'kind':'Eviction','apiVersion':'policy/v1','metadata':{'name':'kept'}}";

    refused(
        429,
        "The disruption budget b is still being processed by the server.",
        send("POST", PODS + "/kept/eviction", eviction));
    allow(0);
    Reply refused = send("POST", PODS + "/kept/eviction", eviction);
    refused(429, "Cannot evict pod as it would violate the pod's disruption budget.", refused);
    refused(429, "The disruption budget b needs 1 healthy pods and has 1 currently", refused);
    assertTrue(refused.body().contains("\"reason\":\"DisruptionBudget\""), refused.body());

    allow(1);
    create(PODS + "/kept/eviction", eviction);
    JsonNode pod =
        new JsonMapper().readTree(server.json("master", "GET", PODS + "/kept", "").body());
    assertTrue(pod.path("metadata").has("deletionTimestamp"), pod.toString());
    JsonNode budget =
        new JsonMapper().readTree(server.json("master", "GET", BUDGETS + "/b", "").body());
    assertEquals(0, budget.at("/status/disruptionsAllowed").asInt(-1));
    assertTrue(budget.at("/status/disruptedPods").has("kept"), budget.toString());
  }

  private static void allow(int disruptions) throws Exception {
    Reply reply =
        server.send(
            null,
            "PATCH",
            BUDGETS + "/b/status",
            "{\"status\":{\"observedGeneration\":1,\"disruptionsAllowed\":%d,\"currentHealthy\":1,"
                    .formatted(disruptions)
                + "\"desiredHealthy\":1,\"expectedPods\":1}}",
            "Authorization: Bearer master",
            "Content-Type: application/merge-patch+json");
    assertEquals(200, reply.status(), reply.body());
  }

  @Test
  void theOnlyComponentIsTheStore() throws Exception {
    Reply list = send("GET", "/api/v1/componentstatuses", "");
    assertEquals(200, list.status(), list.body());
    assertEquals(
        "store", new JsonMapper().readTree(list.body()).at("/items/0/metadata/name").asText());
    assertTrue(list.head().contains("v1 ComponentStatus is deprecated in v1.19+"), list.head());
    assertEquals(200, send("GET", "/api/v1/componentstatuses/store", "").status());
    refused(
        404,
        "componentstatuses \"etcd-0\" not found",
        send("GET", "/api/v1/componentstatuses/etcd-0", ""));
  }

  @Test
  void waysIntoAPodEndWhereItsNodeWouldBeAsked() throws Exception {
    create(
        PODS, pod("waiting", "").replace("'image':'i'}", "'image':'i'},{'name':'d','image':'i'}"));

    refused(
        400,
        "a container name must be specified for pod waiting, choose one of: [c d]",
        send("GET", PODS + "/waiting/log", ""));
    Reply log = send("GET", PODS + "/waiting/log?container=c", "");
    assertEquals(200, log.status());
    assertEquals("", log.body());
    refused(
        400,
        "container x is not valid for pod waiting",
        send("POST", PODS + "/waiting/exec?container=x&command=ls", ""));
    refused(
        400,
        "pod waiting does not have a host assigned",
        send("POST", PODS + "/waiting/exec?container=c&command=ls", ""));
    refused(
        400,
        "pod waiting does not have a host assigned",
        send("POST", PODS + "/waiting/portforward", ""));
    refused(404, "pods \"no\" not found", send("GET", PODS + "/no/log", ""));
    refused(400, "address not allowed", send("GET", PODS + "/waiting/proxy/x", ""));
    create(
        "/api/v1/namespaces/default/services",
        "{'kind':'Service','apiVersion':'v1','metadata':{'name':'web'},'spec':{'ports':[{'port':80}]}}");
    refused(
        503,
        "no endpoints available for service \"web\"",
        send("GET", "/api/v1/namespaces/default/services/web/proxy/", ""));
  }
}
