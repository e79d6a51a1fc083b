package dev.sallyport.resources.kinds.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.HashSet;
import java.util.Set;

/** CSINodes: the volume drivers on a node; one that is there stays as it is until it goes. */
final class CsiNodeStrategy implements KindStrategy {

  private static final int LONGEST_NODE_ID = 192;

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Set<String> names = new HashSet<>();
    Field.root(object, faults).at("spec", "drivers").each(driver -> driver(driver, names));
  }

  private static void driver(Field driver, Set<String> names) {
    Field name = driver.at("name");
    DriverNames.check(name);
    Field id = driver.at("nodeID");
    id.given();
    if (id.text().length() > LONGEST_NODE_ID) {
      id.invalid("must be 192 characters or less");
    }
    Field count = driver.at("allocatable", "count");
    if (count.present()) {
      count.nonNegative();
    }
    if (!names.add(name.text())) {
      name.duplicate();
    }
    Set<String> keys = new HashSet<>();
    driver
        .at("topologyKeys")
        .each(
            key -> {
              if (key.given() && !keys.add(key.text())) {
                key.duplicate();
              }
              key.isIfSet(Names::qualifiedName);
            });
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    Field.root(object, faults)
        .at("spec", "drivers")
        .each(
            driver -> {
              JsonNode before = named(old.path("spec").path("drivers"), driver.at("name").text());
              // How many volumes a node takes may be found out anew.
              if (!before.isMissingNode()) {
                driver.unchangedIn(before, "nodeID", "topologyKeys");
              }
            });
  }

  private static JsonNode named(JsonNode drivers, String name) {
    for (JsonNode driver : drivers) {
      if (driver.path("name").asText().equals(name)) {
        return driver;
      }
    }
    return drivers.path("none");
  }
}
