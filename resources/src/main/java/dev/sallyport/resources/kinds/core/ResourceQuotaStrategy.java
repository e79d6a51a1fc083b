package dev.sallyport.resources.kinds.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.kinds.pod.ResourceNames;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Quantity;
import java.util.HashSet;
import java.util.Set;

/**
 * ResourceQuotas: how much there may be in a namespace.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/policy/resource-quotas/">Resource quotas</a>
 */
final class ResourceQuotaStrategy implements KindStrategy {

  private static final Set<String> SCOPES =
      Set.of(
          "BestEffort",
          "CrossNamespacePodAffinity",
          "NotBestEffort",
          "NotTerminating",
          "PriorityClass",
          "Terminating",
          "VolumeAttributesClass");

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.ANSWERS_DELETED);
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    object.putObject("status");
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field quota = Field.root(object, faults);
    quantities(quota.at("spec", "hard"));
    scopes(quota.at("spec", "scopes"));
    quota.at("spec", "scopeSelector", "matchExpressions").each(ResourceQuotaStrategy::expression);
    quantities(quota.at("status", "hard"));
    quantities(quota.at("status", "used"));
  }

  private static void quantities(Field quantities) {
    quantities.entries(
        entry -> {
          Field quantity = entry.getValue();
          ResourceNames.checkQuota(entry.getKey(), quantity);
          quantity.nonNegativeQuantity();
          if (ResourceNames.isCount(entry.getKey()) && !Quantity.isWhole(quantity.text())) {
            quantity.invalid("must be an integer");
          }
        });
  }

  private static void scopes(Field scopes) {
    Set<String> seen = new HashSet<>();
    scopes.each(
        scope -> {
          seen.add(scope.text());
          if (!SCOPES.contains(scope.text())) {
            scopes.invalid("unsupported scope");
          }
        });
    boolean conflict =
        seen.containsAll(Set.of("BestEffort", "NotBestEffort"))
            || seen.containsAll(Set.of("Terminating", "NotTerminating"));
    if (conflict) {
      scopes.invalid("conflicting scopes");
    }
  }

  private static void expression(Field expression) {
    Field scope = expression.at("scopeName");
    if (!SCOPES.contains(scope.text())) {
      scope.invalid("unsupported scope");
    }
    Field values = expression.at("values");
    switch (expression.at("operator").text()) {
      case "In", "NotIn" ->
          values.given(
              "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          values.invalid(
              "must be no value when `operator` is 'Exists' or 'DoesNotExist' for scope selector");
        }
      }
      default -> expression.at("operator").invalid("not a valid selector operator");
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, String subresource, Faults faults) {
    if (subresource.isEmpty()) {
      Field.root(object, faults)
          .at("spec", "scopes")
          .unchangedFrom(old.path("spec").path("scopes"));
    }
  }
}
