package dev.sallyport.resources.kinds.networking;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Addresses;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.NameRule;
import dev.sallyport.resources.validation.Names;

/** IPAddresses: named by the address itself, and taken by one object for good. */
final class IpAddressStrategy implements KindStrategy {

  @Override
  public NameRule nameRule() {
    return Addresses::ip;
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field parent = Field.root(object, faults).at("spec", "parentRef");
    if (!parent.present()) {
      parent.required("");
      return;
    }
    parent.at("group").isIfSet(Names::subdomain);
    if (parent.at("resource").given("resource is required")) {
      parent.at("resource").is(Names::pathSegment);
    }
    if (parent.at("name").given("name is required")) {
      parent.at("name").is(Names::pathSegment);
    }
    parent.at("namespace").isIfSet(Names::pathSegment);
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    Field.root(object, faults).at("spec").unchangedIn(old.path("spec"), "parentRef");
  }
}
