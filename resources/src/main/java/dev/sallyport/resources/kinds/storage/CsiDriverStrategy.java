package dev.sallyport.resources.kinds.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import java.util.HashSet;
import java.util.Set;

/** CSIDrivers: what a volume driver expects of the cluster. */
final class CsiDriverStrategy implements KindStrategy {

  private static final int LEAST_TOKEN_SECONDS = 600;
  private static final long MOST_TOKEN_SECONDS = 1L << 32;
  private static final int LEAST_UPDATE_SECONDS = 10;

  @Override
  public void applyDefaults(ObjectNode object) {
    ObjectNode spec = Defaults.object(object, "spec");
    Defaults.flag(spec, "attachRequired", true);
    Defaults.flag(spec, "podInfoOnMount", false);
    Defaults.flag(spec, "storageCapacity", false);
    Defaults.text(spec, "fsGroupPolicy", "ReadWriteOnceWithFSType");
    if (spec.path("volumeLifecycleModes").isEmpty()) {
      spec.putArray("volumeLifecycleModes").add("Persistent");
    }
    Defaults.flag(spec, "requiresRepublish", false);
    Defaults.flag(spec, "seLinuxMount", false);
  }

  @Override
  public void prepareUpdate(ObjectNode object, ObjectNode old) {
    // Counted from the first change on, unlike with other kinds.
    if (!object.path("spec").equals(old.path("spec"))) {
      ObjectNode metadata = Defaults.object(object, "metadata");
      metadata.put("generation", old.path("metadata").path("generation").asLong() + 1);
    }
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field root = Field.root(object, faults);
    DriverNames.check(root.at("metadata", "name"));
    Field spec = root.at("spec");
    spec.at("fsGroupPolicy").oneOf("ReadWriteOnceWithFSType", "File", "None");
    spec.at("volumeLifecycleModes").each(mode -> mode.oneOf("Ephemeral", "Persistent"));
    tokens(spec.at("tokenRequests"));
    Field seconds = spec.at("nodeAllocatableUpdatePeriodSeconds");
    if (seconds.present() && seconds.number() < LEAST_UPDATE_SECONDS) {
      seconds.invalid("must be greater than or equal to 10 seconds");
    }
  }

  private static void tokens(Field tokens) {
    Set<String> audiences = new HashSet<>();
    tokens.each(
        token -> {
          if (!audiences.add(token.at("audience").text())) {
            token.at("audience").duplicate();
          }
          Field seconds = token.at("expirationSeconds");
          if (seconds.present() && seconds.number() < LEAST_TOKEN_SECONDS) {
            seconds.invalid("may not specify a duration less than 10 minutes");
          }
          if (seconds.number() > MOST_TOKEN_SECONDS) {
            seconds.invalid("may not specify a duration larger than 2^32 seconds");
          }
        });
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    Field.root(object, faults)
        .at("spec")
        .unchangedIn(old.path("spec"), "attachRequired", "volumeLifecycleModes");
  }
}
