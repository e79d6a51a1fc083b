package dev.sallyport.resources.kinds.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import java.util.Set;

/**
 * PodDisruptionBudgets.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/run-application/configure-pdb/">Specifying a
 *     disruption budget</a>
 */
final class DisruptionBudgetStrategy implements KindStrategy {

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION, Trait.VERSIONED_UPDATES_ONLY);
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    Field least = spec.at("minAvailable");
    Field most = spec.at("maxUnavailable");
    if (least.present() && most.present()) {
      spec.invalid("minAvailable and maxUnavailable cannot be both set");
    }
    least.intOrPercent();
    most.intOrPercent();
    spec.at("selector").labelSelector();
    spec.at("unhealthyPodEvictionPolicy").oneOfIfSet("AlwaysAllow", "IfHealthyBudget");
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, String subresource, Faults faults) {
    if (subresource.equals("status")) {
      Field.root(object, faults)
          .at("status")
          .nonNegative("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods");
    }
  }
}
