package dev.sallyport.resources.kinds.scheduling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import java.util.Map;
import java.util.Set;

/**
 * PriorityClasses. Names that begin with {@code system-} are the two that every cluster has.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/">Pod
 *     priority and preemption</a>
 */
final class PriorityClassStrategy implements KindStrategy {

  private static final String SYSTEM = "system-";
  private static final long MOST = 1_000_000_000;

  private static final Map<String, Long> SYSTEM_VALUES =
      Map.of("system-node-critical", 2_000_001_000L, "system-cluster-critical", 2_000_000_000L);

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    Defaults.text(object, "preemptionPolicy", "PreemptLowerPriority");
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field root = Field.root(object, faults);
    String name = root.at("metadata", "name").text();
    if (name.startsWith(SYSTEM)) {
      String why = foreign(name, root);
      if (!why.isEmpty()) {
        faults.forbidden(
            "metadata.name",
            "priority class names with 'system-' prefix are reserved for system use only. error: "
                + why);
      }
    } else if (root.at("value").number() > MOST) {
      root.at("value").forbidden("maximum allowed value of a user defined priority is " + MOST);
    }
    root.at("preemptionPolicy").oneOf("PreemptLowerPriority", "Never");
  }

  /** Why a class is not the system's of that name; "" when it is. */
  private static String foreign(String name, Field root) {
    Long value = SYSTEM_VALUES.get(name);
    if (value == null) {
      return name + " is not a known system priority class";
    }
    if (root.at("value").number() != value) {
      return "value of " + name + " PriorityClass must be " + value;
    }
    return root.at("globalDefault").isTrue()
        ? "globalDefault of " + name + " PriorityClass must be false"
        : "";
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    if (object.path("value").asLong() != old.path("value").asLong()) {
      faults.forbidden("value", "may not be changed in an update.");
    }
    Field.root(object, faults).unchangedIn(old, "preemptionPolicy");
  }
}
