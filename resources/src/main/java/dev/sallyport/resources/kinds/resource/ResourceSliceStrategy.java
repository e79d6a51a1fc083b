package dev.sallyport.resources.kinds.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.HashSet;
import java.util.Set;

/** ResourceSlices: devices of one driver in one pool, and the nodes that can use them. */
final class ResourceSliceStrategy implements KindStrategy {

  private static final int MOST_DEVICES = 128;
  private static final String PLACES =
      "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required";

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION);
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    DeviceRules.driver(spec.at("driver"));
    Field pool = spec.at("pool");
    pool.at("name").given();
    if (pool.at("resourceSliceCount").number() <= 0) {
      pool.at("resourceSliceCount").invalid("must be greater than zero");
    }
    if (pool.at("generation").number() < 0) {
      pool.at("generation").invalid("must be greater than or equal to zero");
    }
    places(spec);
    spec.at("devices").atMost(MOST_DEVICES);
    Set<String> names = new HashSet<>();
    spec.at("devices")
        .each(
            device -> {
              Field name = device.at("name");
              name.givenAndIs(Names::label);
              if (!name.isEmpty() && !names.add(name.text())) {
                name.duplicate();
              }
            });
  }

  private static void places(Field spec) {
    int given = 0;
    given += spec.at("nodeName").isEmpty() ? 0 : 1;
    given += spec.at("nodeSelector").present() ? 1 : 0;
    given += spec.at("allNodes").isTrue() ? 1 : 0;
    given += spec.at("perDeviceNodeSelection").isTrue() ? 1 : 0;
    if (given == 0 && spec.at("sharedCounters").size() == 0) {
      spec.required(PLACES);
    } else if (given > 1) {
      spec.invalidUnshown(PLACES);
    }
    spec.at("nodeName").isIfSet(Names::subdomain);
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    spec.unchangedIn(old.path("spec"), "driver", "nodeName");
    spec.at("pool").unchangedIn(old.path("spec").path("pool"), "name");
  }
}
