package dev.sallyport.controllers.rbac;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The roles and bindings every cluster starts with.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings">Kubernetes:
 *     default roles and role bindings</a>
 */
public final class DefaultPolicy {

  private static final String FILE = "default-policy.txt";

  /** How many aggregating roles may stand one upon the other. */
  private static final int AGGREGATION_DEPTH = 3;

  private DefaultPolicy() {}

  /**
   * All roles and bindings as objects, aggregating ClusterRoles with the rules they gather: the
   * whole policy for where no store holds it.
   */
  public static List<JsonNode> objects() {
    List<PolicyObject> policy = load();
    SortedMap<String, JsonNode> clusterRoles = new TreeMap<>();
    for (PolicyObject object : policy) {
      if (object.resource().equals(RbacResources.CLUSTER_ROLES)) {
        clusterRoles.put(object.name(), object.tree());
      }
    }
    // In rounds, since admin gathers from edit and edit from view.
    for (int round = 0; round < AGGREGATION_DEPTH; round++) {
      clusterRoles.forEach(
          (name, role) -> {
            if (AggregatedRules.aggregates(role)) {
              ((ObjectNode) role).set("rules", AggregatedRules.gather(name, role, clusterRoles));
            }
          });
    }
    List<JsonNode> objects = new ArrayList<>(policy.size());
    policy.forEach(object -> objects.add(object.tree()));
    return objects;
  }

  static List<PolicyObject> load() {
    try (InputStream stream =
            Objects.requireNonNull(DefaultPolicy.class.getResourceAsStream(FILE), FILE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      PolicyReader reader = new PolicyReader();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        reader.line(line);
      }
      return reader.objects();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
