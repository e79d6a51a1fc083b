package dev.sallyport.resources.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import dev.sallyport.resources.validation.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a container or a pod asks for and may not exceed.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/">Resource
 *     management for pods and containers</a>
 */
public final class ResourceRules {

  private static final String HUGE = "hugepages-";
  private static final Set<String> STANDARD = Set.of("cpu", "memory", "ephemeral-storage");

  private ResourceRules() {}

  /** The resources of a container. */
  static void container(Field resources) {
    Field limits = resources.at("limits");
    Field requests = resources.at("requests");
    limits.entries(limit -> quantity(limit.getKey(), limit.getValue(), "containers"));
    requests.entries(
        request -> {
          quantity(request.getKey(), request.getValue(), "containers");
          againstLimit(request.getKey(), request.getValue(), requests, limits);
        });
    hugePagesWithOthers(resources);
  }

  /** The resources of a whole pod: they are asked for like a container's, but not claimed. */
  static void pod(Field resources) {
    if (resources.at("claims").present()) {
      resources.at("claims").forbidden("claims cannot be set for Resources at pod-level");
    }
    container(resources);
  }

  private static void quantity(String name, Field quantity, String holder) {
    if (name(name, quantity, holder)) {
      value(name, quantity);
    }
  }

  private static boolean name(String name, Field at, String holder) {
    List<String> malformed = Names.qualifiedName(name);
    at.faults().invalid(at.path(), name, malformed);
    if (name.indexOf('/') >= 0 || STANDARD.contains(name) || name.startsWith(HUGE)) {
      return malformed.isEmpty();
    }
    if (malformed.isEmpty() && !ResourceNames.isStandard(name)) {
      at.invalid(name, ResourceNames.NOT_STANDARD);
    }
    at.invalid(name, "must be a standard resource for " + holder);
    return false;
  }

  /** A quantity of a resource: not negative, and whole where halves make no sense. */
  public static void value(String name, Field quantity) {
    quantity.nonNegativeQuantity();
    if (name.indexOf('/') >= 0 && !isNative(name) && !Quantity.isWhole(quantity.text())) {
      quantity.invalid("must be an integer");
    }
  }

  private static void againstLimit(String name, Field request, Field requests, Field limits) {
    JsonNode limit = limits.node().get(name);
    boolean shareable = isNative(name) && !name.startsWith(HUGE);
    if (limit == null) {
      if (!shareable) {
        limits.required("Limit must be set for non overcommitable resources");
      }
      return;
    }
    BigDecimal asked = Quantity.of(request.text());
    int order = asked.compareTo(Quantity.of(limit.asText()));
    if (order != 0 && !shareable) {
      requests.invalid(request.text(), "must be equal to " + name + " limit of " + limit.asText());
    } else if (order > 0) {
      requests.invalid(
          request.text(), "must be less than or equal to " + name + " limit of " + limit.asText());
    }
  }

  private static void hugePagesWithOthers(Field resources) {
    boolean huge = false;
    boolean other = false;
    for (String list : new String[] {"limits", "requests"}) {
      for (Map.Entry<String, JsonNode> entry : resources.node().path(list).properties()) {
        huge |= entry.getKey().startsWith(HUGE);
        other |= entry.getKey().equals("cpu") || entry.getKey().equals("memory");
      }
    }
    if (huge && !other) {
      resources.forbidden("HugePages require cpu or memory");
    }
  }

  /** Whether the name is one of Kubernetes' own rather than of an extension. */
  static boolean isNative(String name) {
    return name.indexOf('/') < 0 || name.contains("kubernetes.io/");
  }
}
