package dev.sallyport.resources.kinds.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.kinds.pod.ResourceNames;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import dev.sallyport.resources.validation.Quantity;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * LimitRanges: what one pod, container or claim may ask for, and asks for when it says nothing.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/policy/limit-range/">Limit ranges</a>
 */
final class LimitRangeStrategy implements KindStrategy {

  private static final String[] LISTS = {
    "max", "min", "default", "defaultRequest", "maxLimitRequestRatio"
  };

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.CREATE_ON_UPDATE);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    for (ObjectNode limit : Defaults.objects(object.path("spec"), "limits")) {
      if (limit.path("type").asText().equals("Container")) {
        fill(limit, "default", "max");
        fill(limit, "defaultRequest", "default");
        fill(limit, "defaultRequest", "min");
      }
    }
  }

  private static void fill(ObjectNode limit, String list, String from) {
    for (Map.Entry<String, JsonNode> entry : limit.path(from).properties()) {
      ObjectNode filled = Defaults.object(limit, list);
      if (!filled.has(entry.getKey())) {
        filled.set(entry.getKey(), entry.getValue());
      }
    }
  }

  @Override
  public void prepareCreate(ObjectNode object) {}

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Set<String> types = new HashSet<>();
    Field.root(object, faults)
        .at("spec", "limits")
        .each(
            limit -> {
              Field type = limit.at("type");
              type(type);
              if (!types.add(type.text())) {
                type.duplicate();
              }
              lists(limit, type.text());
              for (String name : names(limit)) {
                compare(limit, name);
              }
            });
  }

  private static void type(Field type) {
    if (type.is(Names::qualifiedName)
        && type.text().indexOf('/') < 0
        && !Set.of("Pod", "Container", "PersistentVolumeClaim").contains(type.text())) {
      type.invalid("must be a standard limit type or fully qualified");
    }
  }

  private static void lists(Field limit, String type) {
    for (String list : LISTS) {
      Field quantities = limit.at(list);
      if (type.equals("Pod") && list.startsWith("default")) {
        if (!quantities.isEmpty()) {
          quantities.forbidden("may not be specified when `type` is 'Pod'");
        }
      } else {
        quantities.entries(entry -> ResourceNames.check(entry.getKey(), entry.getValue()));
      }
    }
    if (type.equals("PersistentVolumeClaim")
        && !limit.at("min", "storage").present()
        && !limit.at("max", "storage").present()) {
      limit
          .at("limits")
          .required(
              "either minimum or maximum storage value is required, but neither was provided");
    }
  }

  private static Set<String> names(Field limit) {
    Set<String> names = new TreeSet<>();
    for (String list : LISTS) {
      limit.at(list).node().fieldNames().forEachRemaining(names::add);
    }
    return names;
  }

  private static void compare(Field limit, String name) {
    least(limit, name, "min", "min", "max", "min value %s is greater than max value %s");
    least(
        limit,
        name,
        "defaultRequest",
        "min",
        "defaultRequest",
        "min value %s is greater than default request value %s");
    least(
        limit,
        name,
        "defaultRequest",
        "defaultRequest",
        "max",
        "default request value %s is greater than max value %s");
    least(
        limit,
        name,
        "defaultRequest",
        "defaultRequest",
        "default",
        "default request value %s is greater than default limit value %s");
    least(
        limit, name, "default", "min", "default", "min value %s is greater than default value %s");
    least(
        limit, name, "default", "default", "max", "default value %s is greater than max value %s");
    Field ratio = limit.at("maxLimitRequestRatio").entry(name);
    if (ratio.present() && Quantity.of(ratio.text()).compareTo(BigDecimal.ONE) < 0) {
      ratio.invalid("ratio " + ratio.text() + " is less than 1");
    }
  }

  /** The quantity in one list is at most that in the other, where both are there. */
  private static void least(
      Field limit, String name, String at, String small, String large, String detail) {
    Field less = limit.at(small).entry(name);
    Field more = limit.at(large).entry(name);
    if (less.present()
        && more.present()
        && Quantity.of(less.text()).compareTo(Quantity.of(more.text())) > 0) {
      limit.at(at).entry(name).invalid(detail.formatted(less.text(), more.text()));
    }
  }
}
