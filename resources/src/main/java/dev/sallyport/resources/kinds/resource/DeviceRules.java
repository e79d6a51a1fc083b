package dev.sallyport.resources.kinds.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a claim asks of devices.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/">Dynamic
 *     resource allocation</a>
 */
final class DeviceRules {

  static final int MOST = 32;

  private static final int MOST_ALTERNATIVES = 8;
  private static final int LONGEST_DRIVER = 63;
  private static final String MODE = "allocationMode";

  private DeviceRules() {}

  static void applyDefaults(JsonNode devices) {
    for (ObjectNode request : Defaults.objects(devices, "requests")) {
      if (request.get("exactly") instanceof ObjectNode exactly) {
        count(exactly);
      }
      Defaults.objects(request, "firstAvailable").forEach(DeviceRules::count);
    }
  }

  private static void count(ObjectNode request) {
    Defaults.text(request, MODE, "ExactCount");
    if (request.path(MODE).asText().equals("ExactCount") && request.path("count").asLong() == 0) {
      request.put("count", 1);
    }
    for (ObjectNode toleration : Defaults.objects(request, "tolerations")) {
      Defaults.text(toleration, "operator", "Equal");
    }
  }

  /**
   * @param devices of a claim's specification
   */
  static void check(Field devices) {
    Field requests = devices.at("requests");
    requests.atMost(MOST);
    Set<String> names = new HashSet<>();
    requests.each(request -> request(request, names));
    devices.at("constraints").atMost(MOST);
    devices.at("constraints").each(constraint -> constraint(constraint, names));
    devices.at("config").atMost(MOST);
    devices
        .at("config")
        .each(
            config -> {
              known(config.at("requests"), names);
              configuration(config);
            });
  }

  private static void request(Field request, Set<String> names) {
    named(request.at("name"), names, "");
    Field exactly = request.at("exactly");
    Field alternatives = request.at("firstAvailable");
    if (exactly.present() == (alternatives.size() > 0)) {
      if (exactly.present()) {
        request.invalidUnshown("exactly one of `exactly` or `firstAvailable` is required");
      } else {
        request.required("exactly one of `exactly` or `firstAvailable` is required");
      }
    }
    if (exactly.present()) {
      wanted(exactly);
    }
    alternatives.atMost(MOST_ALTERNATIVES);
    alternatives.each(
        one -> {
          named(one.at("name"), names, request.at("name").text() + "/");
          wanted(one);
        });
  }

  private static void named(Field name, Set<String> names, String prefix) {
    name.givenAndIs(Names::label);
    if (!name.isEmpty() && !names.add(prefix + name.text())) {
      name.duplicate();
    }
  }

  private static void wanted(Field request) {
    request.at("deviceClassName").givenAndIs(Names::subdomain);
    selectors(request.at("selectors"));
    Field count = request.at("count");
    switch (request.at(MODE).text()) {
      case "All" -> {
        if (count.number() != 0) {
          count.invalid("must not be specified when allocationMode is 'All'");
        }
      }
      case "ExactCount" -> {
        if (count.number() <= 0) {
          count.invalid("must be greater than zero");
        }
      }
      default -> request.at(MODE).unsupported("All", "ExactCount");
    }
    request.at("tolerations").each(DeviceRules::toleration);
  }

  private static void toleration(Field toleration) {
    toleration.at("key").isIfSet(Names::qualifiedName);
    Field operator = toleration.at("operator");
    operator.oneOf("Equal", "Exists");
    if (operator.says("Exists") && !toleration.at("value").isEmpty()) {
      toleration.at("value").invalid("must be empty for operator `Exists`");
    }
    if (operator.says("Equal") && toleration.at("key").isEmpty()) {
      toleration.at("key").required("must be set for operator `Equal`");
    }
    toleration.at("effect").oneOfIfSet("NoExecute", "NoSchedule", "None");
  }

  static void selectors(Field selectors) {
    selectors.atMost(MOST);
    selectors.each(
        selector -> {
          if (!selector.at("cel").present()) {
            selector.at("cel").required("");
          } else {
            selector.at("cel", "expression").given();
          }
        });
  }

  private static void constraint(Field constraint, Set<String> names) {
    known(constraint.at("requests"), names);
    if (constraint.at("matchAttribute").present() == constraint.at("distinctAttribute").present()) {
      constraint.required("exactly one of matchAttribute or distinctAttribute is required");
    }
  }

  private static void known(Field requests, Set<String> names) {
    requests.atMost(MOST);
    requests.each(
        request -> {
          if (!names.contains(request.text())) {
            request.invalid("must be the name of a request in the claim");
          }
        });
  }

  static void configuration(Field config) {
    Field opaque = config.at("opaque");
    if (!opaque.present()) {
      config.required("opaque");
      return;
    }
    driver(opaque.at("driver"));
    if (!opaque.at("parameters").present()) {
      opaque.at("parameters").required("");
    } else if (!opaque.at("parameters").node().isObject()) {
      opaque.at("parameters").invalid("must be a valid JSON object");
    }
  }

  static void driver(Field driver) {
    if (driver.given()) {
      driver.noLongerThan(LONGEST_DRIVER);
      driver.is(DeviceRules::lowerSubdomain);
    }
  }

  private static List<String> lowerSubdomain(String text) {
    return Names.subdomain(text.toLowerCase(Locale.ROOT));
  }
}
