package dev.sallyport.resources.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.validation.Quantity;

/**
 * How firmly a pod holds what it asks for.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/">Pod quality of service
 *     classes</a>
 */
final class QualityOfService {

  private static final String[] COUNTED = {"cpu", "memory"};

  private QualityOfService() {}

  /** Guaranteed, Burstable or BestEffort. */
  static String of(JsonNode spec) {
    JsonNode whole = spec.path("resources");
    if (asks(whole)) {
      return isGuaranteed(whole) ? "Guaranteed" : "Burstable";
    }
    boolean asks = false;
    boolean guaranteed = true;
    for (String list : new String[] {"containers", "initContainers"}) {
      for (JsonNode container : spec.path(list)) {
        asks |= asks(container.path("resources"));
        guaranteed &= isGuaranteed(container.path("resources"));
      }
    }
    if (!asks) {
      return "BestEffort";
    }
    return guaranteed ? "Guaranteed" : "Burstable";
  }

  private static boolean asks(JsonNode resources) {
    for (String name : COUNTED) {
      if (isSome(resources.path("limits").path(name))
          || isSome(resources.path("requests").path(name))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSome(JsonNode quantity) {
    return Quantity.of(quantity.asText()).signum() > 0;
  }

  private static boolean isGuaranteed(JsonNode resources) {
    for (String name : COUNTED) {
      JsonNode limit = resources.path("limits").path(name);
      JsonNode request = resources.path("requests").path(name);
      boolean same =
          Quantity.of(limit.asText()).compareTo(Quantity.of(request.asText())) == 0
              || !isSome(request);
      if (!isSome(limit) || !same) {
        return false;
      }
    }
    return true;
  }
}
