package dev.sallyport.resources.kinds.autoscaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;

/**
 * HorizontalPodAutoscalers, which are served in two versions.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/">Horizontal
 *     pod autoscaling</a>
 */
final class AutoscalerStrategy implements KindStrategy {

  private static final int CPU_PERCENT = 80;

  @Override
  public void convert(ObjectNode object, GroupVersionKind to) {
    AutoscalerConversion.convert(object, to);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    ObjectNode spec = Defaults.object(object, "spec");
    Defaults.number(spec, "minReplicas", 1);
    if (spec.path("metrics").isEmpty()) {
      ObjectNode metric = spec.putArray("metrics").addObject().put("type", "Resource");
      ObjectNode resource = metric.putObject("resource").put("name", "cpu");
      resource
          .putObject("target")
          .put("type", "Utilization")
          .put("averageUtilization", CPU_PERCENT);
    }
    if (spec.get("behavior") instanceof ObjectNode behavior) {
      ScalingRules.applyDefaults(behavior);
    }
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    Field least = spec.at("minReplicas");
    Field most = spec.at("maxReplicas");
    if (least.number() < 1) {
      least.invalid("must be greater than or equal to 1");
    }
    if (most.number() < 1) {
      faults.invalid(most.path(), most.number(), "must be greater than 0");
    }
    if (most.number() < least.number()) {
      faults.invalid(most.path(), most.number(), "must be greater than or equal to `minReplicas`");
    }
    reference(spec.at("scaleTargetRef"));
    spec.at("metrics").each(MetricRules::check);
    ScalingRules.check(spec.at("behavior", "scaleUp"));
    ScalingRules.check(spec.at("behavior", "scaleDown"));
  }

  /** A reference to an object of any kind and version. */
  static void reference(Field reference) {
    reference.at("kind").givenAndIs(Names::pathSegment);
    reference.at("name").givenAndIs(Names::pathSegment);
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, String subresource, Faults faults) {
    if (subresource.equals("status")) {
      Field status = Field.root(object, faults).at("status");
      status.nonNegative("currentReplicas", "desiredReplicas");
    }
  }
}
