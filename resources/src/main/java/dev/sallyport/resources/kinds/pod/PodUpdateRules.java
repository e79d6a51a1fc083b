package dev.sallyport.resources.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Field;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an update may change of a pod: little, for its containers run already.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/#pod-update-and-replacement">Pod
 *     update and replacement</a>
 */
final class PodUpdateRules {

  private static final String ALLOWED =
      "pod updates may not change fields other than `spec.containers[*].image`,"
          + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only"
          + " additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to"
          + " be set to 1 if it was previously negative)\n";

  private PodUpdateRules() {}

  static void check(Field spec, ObjectNode old) {
    for (String list : new String[] {"containers", "initContainers"}) {
      Field containers = spec.at(list);
      if (containers.size() != old.path(list).size()) {
        containers.forbidden("pod updates may not add or remove containers");
        return;
      }
    }
    if (!deadline(spec.at("activeDeadlineSeconds"), old.path("activeDeadlineSeconds"))) {
      return;
    }
    TolerationRules.onlyAdded(spec.at("tolerations"), old.path("tolerations"));
    gates(spec.at("schedulingGates"), old.path("schedulingGates"));
    ObjectNode rest = withoutChangeable(spec.node().deepCopy(), old);
    if (!old.path("schedulingGates").isEmpty()) {
      gated(spec, rest, old);
    }
    if (!rest.equals(old)) {
      spec.forbidden(ALLOWED + SpecDifference.of(old, rest));
    }
  }

  /** Answers whether it makes sense to go on. */
  private static boolean deadline(Field deadline, JsonNode old) {
    if (!deadline.present()) {
      if (!old.isMissingNode()) {
        deadline
            .faults()
            .invalid(
                deadline.path(),
                (JsonNode) null,
                "must not update from a positive integer to nil value");
      }
      return true;
    }
    if (deadline.number() < 0 || deadline.number() > Integer.MAX_VALUE) {
      deadline.between(0, Integer.MAX_VALUE);
      return false;
    }
    if (!old.isMissingNode() && old.asLong() < deadline.number()) {
      deadline.invalid("must be less than or equal to previous value");
      return false;
    }
    return true;
  }

  private static void gates(Field gates, JsonNode old) {
    Set<String> known = new HashSet<>();
    old.forEach(gate -> known.add(gate.path("name").asText()));
    gates.each(
        gate -> {
          Field name = gate.at("name");
          if (!known.contains(name.text())) {
            name.forbidden(
                "only deletion is allowed, but found new scheduling gate '" + name.text() + "'");
          }
        });
  }

  /** The new specification with everything as before that may change or was judged already. */
  private static ObjectNode withoutChangeable(ObjectNode spec, ObjectNode old) {
    for (String list : new String[] {"containers", "initContainers"}) {
      for (int i = 0; i < spec.path(list).size(); i++) {
        KindStrategy.keep(
            "image", (ObjectNode) spec.path(list).get(i), (ObjectNode) old.path(list).get(i));
      }
    }
    for (String member : new String[] {"activeDeadlineSeconds", "schedulingGates", "tolerations"}) {
      KindStrategy.keep(member, spec, old);
    }
    if (old.path("terminationGracePeriodSeconds").asLong() < 0
        && spec.path("terminationGracePeriodSeconds").asLong() == 1) {
      KindStrategy.keep("terminationGracePeriodSeconds", spec, old);
    }
    return spec;
  }

  /** A pod that is held back may still be steered to fewer nodes. */
  private static void gated(Field spec, ObjectNode rest, ObjectNode old) {
    Field selector = spec.at("nodeSelector");
    for (Map.Entry<String, JsonNode> entry : old.path("nodeSelector").properties()) {
      if (!entry.getValue().equals(selector.node().get(entry.getKey()))) {
        selector.invalid(
            "only additions to spec.nodeSelector are allowed (no mutations or deletions)");
        break;
      }
    }
    KindStrategy.keep("nodeSelector", rest, old);
  }

  /** What a resize may change: requests and limits of processors and memory. */
  static void resize(Field spec, ObjectNode old) {
    ObjectNode rest = spec.node().deepCopy();
    for (String list : new String[] {"containers", "initContainers"}) {
      for (int i = 0; i < rest.path(list).size(); i++) {
        scalable((ObjectNode) rest.path(list).get(i), old.path(list).path(i));
      }
    }
    if (!rest.equals(old)) {
      spec.forbidden("only cpu and memory resources are mutable");
    }
    String before = QualityOfService.of(old);
    String after = QualityOfService.of(spec.node());
    if (!before.equals(after)) {
      spec.invalid(after, "Pod QOS Class may not change as a result of resizing");
    }
  }

  private static void scalable(ObjectNode container, JsonNode old) {
    for (String list : new String[] {"limits", "requests"}) {
      JsonNode before = old.path("resources").path(list);
      if (container.path("resources").path(list) instanceof ObjectNode there
          && before instanceof ObjectNode kept) {
        KindStrategy.keep("cpu", there, kept);
        KindStrategy.keep("memory", there, kept);
      }
    }
  }

  /** Ephemeral containers come and never change or go. */
  static void ephemeral(Field containers, JsonNode old) {
    for (JsonNode before : old) {
      String name = before.path("name").asText();
      JsonNode now = named(containers.node(), name);
      if (now == null) {
        containers.forbidden("existing ephemeral containers \"" + name + "\" may not be removed\n");
      } else if (!now.equals(before)) {
        containers.forbidden(
            "existing ephemeral containers \""
                + name
                + "\" may not be changed\n"
                + SpecDifference.of(before, now));
      }
    }
  }

  private static @Nullable JsonNode named(JsonNode list, String name) {
    for (JsonNode item : list) {
      if (item.path("name").asText().equals(name)) {
        return item;
      }
    }
    return null;
  }
}
