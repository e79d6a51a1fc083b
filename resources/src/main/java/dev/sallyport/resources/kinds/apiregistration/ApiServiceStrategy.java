package dev.sallyport.resources.kinds.apiregistration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Quoted;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.NameRule;
import dev.sallyport.resources.validation.Names;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * APIServices: named after the version and group that they are about.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/">Aggregation
 *     layer</a>
 */
final class ApiServiceStrategy implements KindStrategy {

  private static final int MOST_GROUP_PRIORITY = 20_000;
  private static final int MOST_VERSION_PRIORITY = 1_000;
  private static final int HTTPS = 443;

  @Override
  public NameRule nameRule() {
    return NameRule.PATH_SEGMENT;
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.VERSIONED_UPDATES_ONLY);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    if (object.path("spec").path("service") instanceof ObjectNode service) {
      Defaults.number(service, "port", HTTPS);
    }
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    object.remove("status");
    ObjectNode spec = Defaults.object(object, "spec");
    // One that is served here is there at once; others are judged by whoever reaches out for them.
    if (Defaults.lacks(spec, "service")) {
      LocalApiService.available(object);
    }
  }

  @Override
  public void prepareStatusUpdate(ObjectNode object, ObjectNode old) {
    KindStrategy.super.prepareStatusUpdate(object, old);
    KindStrategy.keepMetadata(object, old);
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field root = Field.root(object, faults);
    Field spec = root.at("spec");
    Field group = spec.at("group");
    Field version = spec.at("version");
    String name = version.text() + "." + group.text();
    if (!root.at("metadata", "name").says(name)) {
      root.at("metadata", "name")
          .invalid("must be `spec.version+\".\"+spec.group`: " + Quoted.of(name));
    }
    if (!group.isEmpty()) {
      joined(group, Names.subdomain(group.text()));
    } else if (!version.says("v1")) {
      group.required("only v1 may have an empty group and it better be legacy kube");
    }
    joined(version, Names.dns1035Label(version.text()));
    bounded(spec.at("groupPriorityMinimum"), MOST_GROUP_PRIORITY);
    bounded(spec.at("versionPriority"), MOST_VERSION_PRIORITY);
    backend(spec);
  }

  private static void joined(Field field, List<String> faults) {
    if (!faults.isEmpty()) {
      field.invalid(String.join(",", faults));
    }
  }

  private static void bounded(Field priority, int most) {
    if (priority.number() <= 0 || priority.number() > most) {
      priority.invalid("must be positive and less than " + most);
    }
  }

  private static void backend(Field spec) {
    Field service = spec.at("service");
    Field bundle = spec.at("caBundle");
    Field insecure = spec.at("insecureSkipTLSVerify");
    if (!service.present()) {
      if (!bundle.isEmpty()) {
        int bytes = Base64.getDecoder().decode(bundle.text()).length;
        bundle.invalid(bytes + " bytes", "local APIServices may not have a caBundle");
      }
      if (insecure.isTrue()) {
        insecure.invalid("local APIServices may not have insecureSkipTLSVerify");
      }
      return;
    }
    service.at("namespace").given();
    service.at("name").given();
    Field port = service.at("port");
    if (port.number() < 1 || port.number() > 65_535) {
      port.invalid("port is not valid: must be between 1 and 65535, inclusive");
    }
    if (insecure.isTrue() && !bundle.isEmpty()) {
      insecure.invalid("may not be true if caBundle is present");
    }
  }
}
