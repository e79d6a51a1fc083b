package dev.sallyport.controllers.standing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import dev.sallyport.controllers.standing.StandingObjects.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An APIService for each group and version that the server serves itself, but for the group of
 * APIServices. Their priorities order the groups in discovery; the order here is that of
 * kube-apiserver's.
 */
public final class LocalApiServices {

  static final ResourceId SERVICES = new ResourceId("apiregistration.k8s.io", "apiservices");
  static final String AUTOMANAGED = "kube-aggregator.kubernetes.io/automanaged";

  /** The label's value on what comes and goes with a definition. */
  static final String ALWAYS = "true";

  private static final String AT_START = "onstart";

  /** What is not listed comes last, as custom resources do. */
  private static final int LAST_GROUP = 1_000;

  private static final Map<String, Integer> GROUPS =
      Map.ofEntries(
          Map.entry("", 18_000),
          Map.entry("apps", 17_800),
          Map.entry("events.k8s.io", 17_750),
          Map.entry("authentication.k8s.io", 17_700),
          Map.entry("authorization.k8s.io", 17_600),
          Map.entry("autoscaling", 17_500),
          Map.entry("batch", 17_400),
          Map.entry("certificates.k8s.io", 17_300),
          Map.entry("networking.k8s.io", 17_200),
          Map.entry("policy", 17_100),
          Map.entry("rbac.authorization.k8s.io", 17_000),
          Map.entry("storage.k8s.io", 16_800),
          Map.entry("admissionregistration.k8s.io", 16_700),
          Map.entry("apiextensions.k8s.io", 16_700),
          Map.entry("scheduling.k8s.io", 16_600),
          Map.entry("coordination.k8s.io", 16_500),
          Map.entry("node.k8s.io", 16_300),
          Map.entry("discovery.k8s.io", 16_200),
          Map.entry("resource.k8s.io", 16_200),
          Map.entry("flowcontrol.apiserver.k8s.io", 16_100));

  /** A group and version that is served. */
  public record Served(String group, String version) {}

  private LocalApiServices() {}

  public static List<Standing> objects(List<Served> served) {
    List<Standing> objects = new ArrayList<>();
    for (Served each : served) {
      if (!each.group().equals(SERVICES.group())) {
        objects.add(new Standing(SERVICES, object(each, AT_START)));
      }
    }
    return objects;
  }

  static ObjectNode object(Served served, String managed) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("kind", "APIService").put("apiVersion", "apiregistration.k8s.io/v1");
    ObjectNode metadata = object.putObject("metadata");
    metadata.put("name", served.version() + "." + served.group());
    metadata.putObject("labels").put(AUTOMANAGED, managed);
    ObjectNode spec = object.putObject("spec");
    spec.put("group", served.group()).put("version", served.version());
    spec.put("groupPriorityMinimum", GROUPS.getOrDefault(served.group(), LAST_GROUP));
    spec.put("versionPriority", versionPriority(served));
    return object;
  }

  private static int versionPriority(Served served) {
    if (served.group().isEmpty()) {
      return 1;
    }
    if (!GROUPS.containsKey(served.group())) {
      return 100;
    }
    return switch (served.version()) {
      case "v2" -> 30;
      default -> served.group().startsWith("flowcontrol") ? 21 : 15;
    };
  }
}
