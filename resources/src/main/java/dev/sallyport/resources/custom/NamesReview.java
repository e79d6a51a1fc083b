package dev.sallyport.resources.custom;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a definition may have the names it asks for. Within a group, who has a name first keeps
 * it; a definition is established once it has had all of its names, and stays so.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/custom-resource-definition-v1/#CustomResourceDefinitionStatus">CustomResourceDefinitionStatus</a>
 */
final class NamesReview {

  private final Set<String> resources = new HashSet<>();
  private final Set<String> kinds = new HashSet<>();
  private final List<String> conflicts = new ArrayList<>();
  private String reason = "";

  /**
   * @param group all definitions of the group; the one that is reviewed may be among them
   */
  NamesReview(String reviewed, Collection<Definition> group) {
    for (Definition other : group) {
      if (!other.name().equals(reviewed)) {
        DefinitionNames names = other.accepted();
        resources.add(names.plural());
        resources.add(names.singular());
        resources.addAll(names.shortNames());
        kinds.add(names.kind());
        kinds.add(names.listKind());
      }
    }
  }

  /**
   * A group whose kinds this server has of its own.
   *
   * @param reserved the group's name; "" for one that is free
   */
  NamesReview reserving(String reserved) {
    if (!reserved.isEmpty()) {
      reason = "GroupConflict";
      conflicts.add("the group \"" + reserved + "\" is built in");
    }
    return this;
  }

  /** Writes its verdict into the definition's status. */
  void judge(ObjectNode definition, String now) {
    DefinitionNames wanted = DefinitionNames.read(definition.path("spec").path("names"));
    DefinitionNames had = DefinitionNames.read(definition.path("status").path("acceptedNames"));
    DefinitionNames accepted =
        new DefinitionNames(
            one(wanted.plural(), had.plural(), resources, "PluralConflict"),
            one(wanted.singular(), had.singular(), resources, "SingularConflict"),
            shortNames(wanted.shortNames(), had.shortNames()),
            one(wanted.kind(), had.kind(), kinds, "KindConflict"),
            one(wanted.listKind(), had.listKind(), kinds, "ListKindConflict"),
            wanted.categories());
    accepted.write(definition.withObjectProperty("status").withObjectProperty("acceptedNames"));
    boolean free = conflicts.isEmpty();
    String why = free ? "no conflicts found" : conflicts.get(conflicts.size() - 1);
    Conditions.set(
        definition, Conditions.NAMES_ACCEPTED, free, free ? "NoConflicts" : reason, why, now);
    if (!Conditions.holds(definition, Conditions.ESTABLISHED)) {
      Conditions.set(
          definition,
          Conditions.ESTABLISHED,
          free,
          free ? "InitialNamesAccepted" : "NotAccepted",
          free ? "the initial names have been accepted" : "not all names are accepted",
          now);
    }
  }

  /** The name that is asked for if it is free, else the one there was. */
  private String one(String wanted, String had, Set<String> taken, String conflict) {
    String fault = fault(wanted, had, taken);
    if (fault == null) {
      return wanted;
    }
    conflicts.add(fault);
    reason = conflict;
    return had;
  }

  private static @Nullable String fault(String wanted, String had, Set<String> taken) {
    return wanted.equals(had) || !taken.contains(wanted)
        ? null
        : "\"" + wanted + "\" is already in use";
  }

  private List<String> shortNames(List<String> wanted, List<String> had) {
    List<String> faults = new ArrayList<>();
    for (String name : wanted) {
      String fault = had.contains(name) ? null : fault(name, "", resources);
      if (fault != null) {
        faults.add(fault);
      }
    }
    if (faults.isEmpty()) {
      return wanted;
    }
    reason = "ShortNamesConflict";
    conflicts.add(faults.size() == 1 ? faults.get(0) : "[" + String.join(", ", faults) + "]");
    return had;
  }
}
