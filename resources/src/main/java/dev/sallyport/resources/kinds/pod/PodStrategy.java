package dev.sallyport.resources.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Addresses;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Pods: they start pending, run where a binding puts them, and go when their grace is over, or at
 * once if they never had a node.
 */
final class PodStrategy implements KindStrategy {

  private static final String EPHEMERAL = "ephemeralContainers";

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION, Trait.ANSWERS_DELETED);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    ObjectNode spec = object.withObjectProperty("spec");
    PodDefaults.spec(spec);
    PodDefaults.pod(spec);
    if (object.path("status") instanceof ObjectNode status) {
      sameAddresses(status);
    }
  }

  /** The one address and the list of addresses say the same. */
  private static void sameAddresses(ObjectNode status) {
    String one = status.path("podIP").asText();
    JsonNode first = status.path("podIPs").path(0).path("ip");
    if (!one.isEmpty() && first.isMissingNode()) {
      status.putArray("podIPs").addObject().put("ip", one);
    } else if (one.isEmpty() && !first.isMissingNode()) {
      status.set("podIP", first);
    }
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    ObjectNode status = object.putObject("status");
    status.put("phase", "Pending");
    status.put("qosClass", QualityOfService.of(object.path("spec")));
    if (!object.path("spec").path("schedulingGates").isEmpty()) {
      ObjectNode held = status.putArray("conditions").addObject();
      held.put("type", "PodScheduled").put("status", "False").put("reason", "SchedulingGated");
      held.put("message", "Scheduling is blocked due to non-empty scheduling gates");
    }
  }

  @Override
  public void prepareSubresourceUpdate(
      String subresource, ObjectNode object, ObjectNode old, Instant now) {
    switch (subresource) {
      case "binding" -> {}
      case "status" -> {
        prepareStatusUpdate(object, old);
        ownersAndClass(object, old);
      }
      case "ephemeralcontainers" -> {
        JsonNode containers = object.path("spec").path(EPHEMERAL);
        onlyOld(object, old);
        ObjectNode spec = object.withObjectProperty("spec");
        spec.remove(EPHEMERAL);
        if (!containers.isMissingNode()) {
          spec.set(EPHEMERAL, containers);
        }
      }
      case "resize" -> {
        JsonNode spec = object.path("spec").deepCopy();
        onlyOld(object, old);
        resources(object.withObjectProperty("spec"), spec);
      }
      default -> onlyOld(object, old);
    }
  }

  /** A kubelet's report says neither who owns a pod nor what it was promised. */
  private static void ownersAndClass(ObjectNode object, ObjectNode old) {
    KindStrategy.keep(
        "ownerReferences",
        object.withObjectProperty("metadata"),
        old.path("metadata") instanceof ObjectNode metadata ? metadata : old.objectNode());
    ObjectNode status = object.withObjectProperty("status");
    if (status.path("qosClass").asText().isEmpty()
        && old.path("status") instanceof ObjectNode before) {
      KindStrategy.keep("qosClass", status, before);
    }
  }

  private static void onlyOld(ObjectNode object, ObjectNode old) {
    JsonNode managed = object.path("metadata").path("managedFields");
    object.removeAll();
    object.setAll(old.deepCopy());
    if (!managed.isMissingNode()) {
      object.withObjectProperty("metadata").set("managedFields", managed);
    }
  }

  private static void resources(ObjectNode spec, JsonNode wanted) {
    for (String list : new String[] {"containers", "initContainers"}) {
      for (JsonNode container : spec.path(list)) {
        for (JsonNode one : wanted.path(list)) {
          if (one.path("name").equals(container.path("name"))) {
            KindStrategy.keep("resources", (ObjectNode) container, (ObjectNode) one);
          }
        }
      }
    }
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    PodSpecRules.check(spec, true);
    if (spec.at("serviceAccountName").isEmpty()) {
      spec.at("volumes").each(PodStrategy::anonymousToken);
    }
    for (String list : new String[] {"containers", "initContainers"}) {
      spec.at(list).each(ContainerRules::untrimmedImage);
    }
  }

  private static void anonymousToken(Field volume) {
    volume
        .at("projected", "sources")
        .each(
            source -> {
              Field token = source.at("serviceAccountToken");
              if (token.present()) {
                token.forbidden("must not be specified when serviceAccountName is not set");
              }
            });
  }

  @Override
  public void validateCreate(ObjectNode object, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    if (!spec.at(EPHEMERAL).isEmpty()) {
      spec.at(EPHEMERAL).forbidden("cannot be set on create");
    }
    if (!spec.at("nodeName").isEmpty() && !spec.at("schedulingGates").isEmpty()) {
      spec.at("nodeName").forbidden("cannot be set until all schedulingGates have been cleared");
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, String subresource, Faults faults) {
    Field pod = Field.root(object, faults);
    ObjectNode before = old.path("spec") instanceof ObjectNode spec ? spec : old.objectNode();
    switch (subresource) {
      case "" -> PodUpdateRules.check(pod.at("spec"), before);
      case "ephemeralcontainers" ->
          PodUpdateRules.ephemeral(pod.at("spec", EPHEMERAL), before.path(EPHEMERAL));
      case "resize" -> PodUpdateRules.resize(pod.at("spec"), before);
      case "status" -> status(pod.at("status"), old.path("status"));
      default -> {}
    }
  }

  private static void status(Field status, JsonNode old) {
    Field nominated = status.at("nominatedNodeName");
    if (!nominated.text().equals(old.path("nominatedNodeName").asText())) {
      nominated.isIfSet(Names::subdomain);
    }
    status.at("qosClass").unchangedFrom(old.path("qosClass"));
    for (String list : new String[] {"podIPs", "hostIPs"}) {
      Field addresses = status.at(list);
      addresses.each(
          address -> {
            List<String> wrong = Addresses.ip(address.at("ip").text());
            address.faults().invalid(address.path(), address.at("ip").text(), wrong);
          });
    }
  }

  @Override
  public long gracePeriod(ObjectNode object, long requested) {
    JsonNode spec = object.path("spec");
    String phase = object.path("status").path("phase").asText();
    boolean over = phase.equals("Failed") || phase.equals("Succeeded");
    if (over || spec.path("nodeName").asText().isEmpty()) {
      return 0;
    }
    long period = requested >= 0 ? requested : spec.path("terminationGracePeriodSeconds").asLong();
    return period < 0 ? 1 : period;
  }
}
