package dev.sallyport.resources.kinds.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import java.util.HashSet;
import java.util.Set;

/** ResourceClaims: what is asked for stays, what was given is in the status. */
final class ResourceClaimStrategy implements KindStrategy {

  private static final int MOST_USERS = 256;

  @Override
  public void applyDefaults(ObjectNode object) {
    DeviceRules.applyDefaults(Defaults.object(object, "spec").path("devices"));
  }

  @Override
  public void prepareStatusUpdate(ObjectNode object, ObjectNode old) {
    KindStrategy.super.prepareStatusUpdate(object, old);
    KindStrategy.keepMetadata(object, old);
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    DeviceRules.check(Field.root(object, faults).at("spec", "devices"));
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, String subresource, Faults faults) {
    Field root = Field.root(object, faults);
    if (!subresource.equals("status")) {
      root.unchangedIn(old, "spec");
      return;
    }
    Field users = root.at("status", "reservedFor");
    users.atMost(MOST_USERS);
    Set<String> uids = new HashSet<>();
    users.each(
        user -> {
          user.at("resource").given();
          user.at("name").given();
          if (user.at("uid").given() && !uids.add(user.at("uid").text())) {
            user.at("uid").duplicate();
          }
        });
    Field allocation = root.at("status", "allocation");
    if (users.size() > 0 && !allocation.present()) {
      users.forbidden("may not be specified when `allocated` is not set");
    }
    if (!Defaults.lacks(old.path("status"), "allocation") && allocation.present()) {
      allocation.unchangedFrom(old.path("status").path("allocation"));
    }
  }
}
