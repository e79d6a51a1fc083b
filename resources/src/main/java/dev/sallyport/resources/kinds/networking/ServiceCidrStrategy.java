package dev.sallyport.resources.kinds.networking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;

/** ServiceCIDRs: one network of each family; a second one may join the first. */
final class ServiceCidrStrategy implements KindStrategy {

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field cidrs = Field.root(object, faults).at("spec", "cidrs");
    if (cidrs.size() == 0) {
      cidrs.required("at least one CIDR required");
      return;
    }
    if (cidrs.size() > 2) {
      cidrs.invalid("may only hold up to 2 values");
      return;
    }
    cidrs.each(Field::cidr);
    if (cidrs.size() == 2
        && Networks.isIpv6(cidrs.item(0).text()) == Networks.isIpv6(cidrs.item(1).text())) {
      cidrs.invalid(
          "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and"
              + " 2001:db8::/64");
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    Field cidrs = Field.root(object, faults).at("spec", "cidrs");
    JsonNode before = old.path("spec").path("cidrs");
    if (cidrs.size() < before.size()) {
      cidrs.invalid("field is immutable");
      return;
    }
    for (int i = 0; i < before.size(); i++) {
      cidrs.item(i).unchangedFrom(before.get(i));
    }
  }
}
