package dev.sallyport.resources.kinds.admissionregistration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import java.util.Set;

/**
 * MutatingAdmissionPolicies.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/">Mutating
 *     admission policy</a>
 */
final class MutatingPolicyStrategy implements KindStrategy {

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    ObjectNode spec = Defaults.object(object, "spec");
    Defaults.text(spec, "failurePolicy", "Fail");
    PolicyMatch.applyDefaults(spec.path("matchConstraints"));
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    spec.at("failurePolicy").oneOf("Fail", "Ignore");
    PolicyMatch.parameterKind(spec.at("paramKind"));
    PolicyMatch.required(spec.at("matchConstraints"));
    MatchConditions.check(spec.at("matchConditions"));
    PolicyVariables.check(spec.at("variables"));
    Field mutations = spec.at("mutations");
    if (mutations.size() == 0) {
      mutations.required("mutations must contain at least one item");
    }
    mutations.each(MutatingPolicyStrategy::mutation);
    spec.at("reinvocationPolicy").oneOf("IfNeeded", "Never");
  }

  private static void mutation(Field mutation) {
    Field configuration = mutation.at("applyConfiguration");
    Field patch = mutation.at("jsonPatch");
    switch (mutation.at("patchType").text()) {
      case "" -> mutation.at("patchType").required("");
      case "ApplyConfiguration" -> only(configuration, patch, "ApplyConfiguration");
      case "JSONPatch" -> only(patch, configuration, "JSONPatch");
      default -> mutation.at("patchType").unsupported("ApplyConfiguration", "JSONPatch");
    }
  }

  private static void only(Field used, Field other, String type) {
    if (other.present()) {
      other.forbidden("must not be specified when patchType is " + type);
    }
    if (!used.present()) {
      used.required("must be specified when patchType is " + type);
    } else if (used.at("expression").text().isBlank()) {
      used.at("expression").required("expression is not specified");
    } else {
      PolicyExpressions.any(used.at("expression"));
    }
  }
}
