package dev.sallyport.controllers.standing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import dev.sallyport.controllers.standing.StandingObjects.Standing;
import java.util.List;

/**
 * The ServiceCIDR that says which addresses services get.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/network/extend-service-ip-ranges/">Extending
 *     service IP ranges</a>
 */
public final class DefaultServiceCidr {

  private static final ResourceId CIDRS = new ResourceId("networking.k8s.io", "servicecidrs");

  private DefaultServiceCidr() {}

  public static Standing of(List<String> ranges) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("kind", "ServiceCIDR").put("apiVersion", "networking.k8s.io/v1");
    object.putObject("metadata").put("name", "kubernetes");
    ArrayNode cidrs = object.putObject("spec").putArray("cidrs");
    ranges.forEach(cidrs::add);
    return new Standing(CIDRS, object);
  }
}
