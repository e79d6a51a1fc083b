package dev.sallyport.controllers.rbac;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** Reads the lines of default-policy.txt, whose head says what they mean. */
final class PolicyReader {

  private static final String CLUSTER_SCOPE = "-";
  private static final String CORE = "core";
  private static final String PATH = "path";

  private final List<PolicyObject> objects = new ArrayList<>();
  private ObjectNode current = JsonNodeFactory.instance.objectNode();

  List<PolicyObject> objects() {
    return objects;
  }

  void line(String line) {
    StringTokenizer words = new StringTokenizer(line);
    if (!words.hasMoreTokens() || line.startsWith("#")) {
      return;
    }
    String verb = words.nextToken();
    switch (verb) {
      case "role" -> role(words);
      case "label" -> pair(words.nextToken(), current.withObject("/metadata/labels"));
      case "aggregate" -> aggregate(words.nextToken());
      case "allow" -> current.withArray("/rules").add(rule(words));
      case "binding" -> binding(words);
      case "to" -> current.withArray("/subjects").add(subject(words));
      default -> throw new IllegalArgumentException("unknown policy line: " + line);
    }
  }

  private void role(StringTokenizer words) {
    String namespace = namespace(words.nextToken());
    boolean local = !namespace.isEmpty();
    begin(
        local ? RbacResources.ROLES : RbacResources.CLUSTER_ROLES,
        local ? "Role" : "ClusterRole",
        namespace,
        words.nextToken());
    current.putArray("rules");
  }

  private void binding(StringTokenizer words) {
    String namespace = namespace(words.nextToken());
    boolean local = !namespace.isEmpty();
    begin(
        local ? RbacResources.ROLE_BINDINGS : RbacResources.CLUSTER_ROLE_BINDINGS,
        local ? "RoleBinding" : "ClusterRoleBinding",
        namespace,
        words.nextToken());
    ObjectNode roleRef = current.putObject("roleRef");
    roleRef.put("apiGroup", RbacResources.GROUP);
    roleRef.put("kind", words.nextToken());
    roleRef.put("name", words.nextToken());
  }

  private void begin(ResourceId resource, String kind, String namespace, String name) {
    current = JsonNodeFactory.instance.objectNode();
    current.put("kind", kind);
    current.put("apiVersion", RbacResources.API_VERSION);
    ObjectNode metadata = current.putObject("metadata");
    metadata.put("name", name);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    metadata.putObject("labels").put("kubernetes.io/bootstrapping", "rbac-defaults");
    metadata.putObject("annotations").put(RbacResources.AUTOUPDATE, "true");
    objects.add(new PolicyObject(resource, namespace, name, current));
  }

  private static String namespace(String word) {
    return word.equals(CLUSTER_SCOPE) ? "" : word;
  }

  private void aggregate(String label) {
    pair(
        label,
        current
            .withArray("/aggregationRule/clusterRoleSelectors")
            .addObject()
            .putObject("matchLabels"));
  }

  private static void pair(String text, ObjectNode into) {
    int equals = text.indexOf('=');
    into.put(text.substring(0, equals), text.substring(equals + 1));
  }

  private static ObjectNode rule(StringTokenizer words) {
    ObjectNode rule = JsonNodeFactory.instance.objectNode();
    list(words.nextToken(), rule.putArray("verbs"));
    String groups = words.nextToken();
    if (groups.equals(PATH)) {
      list(words.nextToken(), rule.putArray("nonResourceURLs"));
      return rule;
    }
    list(groups, rule.putArray("apiGroups"));
    list(words.nextToken(), rule.putArray("resources"));
    if (words.hasMoreTokens()) {
      list(words.nextToken(), rule.putArray("resourceNames"));
    }
    return rule;
  }

  private static void list(String text, ArrayNode into) {
    StringTokenizer parts = new StringTokenizer(text, ",");
    while (parts.hasMoreTokens()) {
      String part = parts.nextToken();
      into.add(part.equals(CORE) ? "" : part);
    }
  }

  private static ObjectNode subject(StringTokenizer words) {
    ObjectNode subject = JsonNodeFactory.instance.objectNode();
    String kind = words.nextToken();
    subject.put("kind", kind);
    if (kind.equals("ServiceAccount")) {
      subject.put("namespace", words.nextToken());
    } else {
      subject.put("apiGroup", RbacResources.GROUP);
    }
    subject.put("name", words.nextToken());
    return subject;
  }
}
