package dev.sallyport.resources.kinds.pod;

import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.HashSet;
import java.util.Set;

/**
 * How evenly pods are to be spread.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/">Pod
 *     topology spread constraints</a>
 */
final class SpreadRules {

  private SpreadRules() {}

  static void check(Field constraints) {
    Set<String> seen = new HashSet<>();
    constraints.each(
        constraint -> {
          Field skew = constraint.at("maxSkew");
          if (skew.number() <= 0) {
            skew.faults().invalid(skew.path(), skew.number(), "must be greater than zero");
          }
          Field key = constraint.at("topologyKey");
          key.given("can not be empty");
          key.is(Names::qualifiedName);
          Field unsatisfiable = constraint.at("whenUnsatisfiable");
          if (!unsatisfiable.text().equals("DoNotSchedule")
              && !unsatisfiable.text().equals("ScheduleAnyway")) {
            unsatisfiable.unsupported("DoNotSchedule", "ScheduleAnyway");
          }
          String pair = "{" + key.text() + ", " + unsatisfiable.text() + "}";
          if (!seen.add(pair)) {
            constraint
                .faults()
                .duplicate(constraint.path() + ".{topologyKey, whenUnsatisfiable}", pair);
          }
          domains(constraint.at("minDomains"), unsatisfiable.text());
          constraint.at("nodeAffinityPolicy").oneOfIfSet("Honor", "Ignore");
          constraint.at("nodeTaintsPolicy").oneOfIfSet("Honor", "Ignore");
          AffinityRules.labelKeys(constraint.at("matchLabelKeys"), constraint);
          constraint.at("labelSelector").labelSelector();
        });
  }

  private static void domains(Field domains, String unsatisfiable) {
    if (!domains.present()) {
      return;
    }
    domains.positive();
    if (!unsatisfiable.equals("DoNotSchedule")) {
      domains.invalid(
          "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + unsatisfiable);
    }
  }
}
