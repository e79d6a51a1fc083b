package dev.sallyport.resources.kinds.autoscaling;

import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import dev.sallyport.resources.validation.Quantity;
import java.util.Arrays;

/** What an autoscaler looks at: one source in each metric, with a target that fits it. */
final class MetricRules {

  private static final String[] TYPES = {
    "ContainerResource", "External", "Object", "Pods", "Resource"
  };
  private static final String[] SOURCES = {
    "containerResource", "external", "object", "pods", "resource"
  };
  private static final String UTILIZATION = "averageUtilization";
  private static final String AVERAGE = "averageValue";

  private MetricRules() {}

  static void check(Field metric) {
    Field type = metric.at("type");
    int known = Arrays.asList(TYPES).indexOf(type.text());
    if (type.isEmpty()) {
      type.required("must specify a metric source type");
    } else if (known < 0) {
      type.unsupported(TYPES);
    }
    for (String source : SOURCES) {
      if (metric.at(source).present()) {
        source(metric.at(source), source);
      }
    }
    if (known < 0) {
      return;
    }
    if (!metric.at(SOURCES[known]).present()) {
      metric.at(SOURCES[known]).required("must populate information for the given metric source");
    }
    for (String source : SOURCES) {
      if (!source.equals(SOURCES[known]) && metric.at(source).present()) {
        metric.at(source).forbidden("must populate the given metric source only");
      }
    }
  }

  private static void source(Field source, String kind) {
    Field target = source.at("target");
    switch (kind) {
      case "object" -> {
        AutoscalerStrategy.reference(source.at("describedObject"));
        identifier(source.at("metric"));
        target(target);
        if (!target.at("value").present() && !target.at(AVERAGE).present()) {
          target.at(AVERAGE).required("must set either a target value or averageValue");
        }
      }
      case "external" -> {
        identifier(source.at("metric"));
        target(target);
        external(target);
      }
      case "pods" -> {
        identifier(source.at("metric"));
        target(target);
        if (Quantity.of(target.at(AVERAGE).text()).signum() != 1) {
          target.at(AVERAGE).required("must specify a positive target averageValue");
        }
      }
      default -> {
        source.at("name").given("must specify a resource name");
        if (kind.equals("containerResource")) {
          source.at("container").given("must specify a container");
        }
        target(target);
        resource(target);
      }
    }
  }

  private static void external(Field target) {
    boolean value = target.at("value").present();
    boolean average = target.at(AVERAGE).present();
    if (value && average) {
      target
          .at("value")
          .forbidden("may not set both a target value for metric and a per-pod target");
    } else if (!value && !average) {
      target.at(AVERAGE).required("must set either a target value for metric or a per-pod target");
    }
  }

  private static void resource(Field target) {
    boolean share = target.at(UTILIZATION).present();
    boolean average = target.at(AVERAGE).present();
    if (!share && !average) {
      target.at(UTILIZATION).required("must set either a target raw value or a target utilization");
    } else if (share && average) {
      target.at(AVERAGE).forbidden("may not set both a target raw value and a target utilization");
    }
  }

  private static void identifier(Field metric) {
    metric.at("name").givenAndIs(Names::pathSegment);
  }

  private static void target(Field target) {
    Field type = target.at("type");
    if (type.isEmpty()) {
      type.required("must specify a metric target type");
    } else if (!type.says("Utilization") && !type.says("Value") && !type.says("AverageValue")) {
      type.invalid("must be either Utilization, Value, or AverageValue");
    }
    for (String value : new String[] {"value", AVERAGE}) {
      if (target.at(value).present() && Quantity.of(target.at(value).text()).signum() != 1) {
        target.at(value).invalid("must be positive");
      }
    }
    Field share = target.at(UTILIZATION);
    if (share.present() && share.number() < 1) {
      share.invalid("must be greater than 0");
    }
  }
}
