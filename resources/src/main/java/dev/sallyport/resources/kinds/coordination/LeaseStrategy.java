package dev.sallyport.resources.kinds.coordination;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Names;
import java.util.Set;

/**
 * Leases: their holder must name the version it updates, for that is what an election rests on.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/architecture/leases/">Leases</a>
 */
final class LeaseStrategy implements KindStrategy {

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.CREATE_ON_UPDATE, Trait.VERSIONED_UPDATES_ONLY);
  }

  @Override
  public void prepareCreate(ObjectNode object) {}

  @Override
  public void validate(ObjectNode object, Faults faults) {
    JsonNode spec = object.path("spec");
    positive(spec, "leaseDurationSeconds", 1, faults);
    positive(spec, "leaseTransitions", 0, faults);
    String strategy = spec.path("strategy").asText();
    if (!strategy.isEmpty()) {
      faults.invalid("spec.strategy", strategy, Names.qualifiedName(strategy));
    }
    String preferred = spec.path("preferredHolder").asText();
    if (!preferred.isEmpty() && strategy.isEmpty()) {
      faults.forbidden("spec.preferredHolder", "may only be specified if `strategy` is defined");
    }
  }

  private static void positive(JsonNode spec, String member, int least, Faults faults) {
    JsonNode value = spec.get(member);
    if (value != null && value.asLong() < least) {
      faults.invalid(
          "spec." + member,
          value.asLong(),
          least == 0 ? "must be greater than or equal to 0" : "must be greater than 0");
    }
  }
}
