package dev.sallyport.resources.kinds.pod;

import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.List;
import java.util.Set;

/** The names of what can be asked for, limited and counted. */
public final class ResourceNames {

  static final String NOT_STANDARD = "must be a standard resource type or fully qualified";

  /** What a namespace's quota counts beside what its pods ask for. */
  private static final Set<String> COUNTED =
      Set.of(
          "pods",
          "services",
          "replicationcontrollers",
          "resourcequotas",
          "secrets",
          "configmaps",
          "persistentvolumeclaims",
          "services.nodeports",
          "services.loadbalancers");

  private static final Set<String> ASKED =
      Set.of(
          "cpu",
          "memory",
          "ephemeral-storage",
          "requests.cpu",
          "requests.memory",
          "requests.ephemeral-storage",
          "limits.cpu",
          "limits.memory",
          "limits.ephemeral-storage");

  private ResourceNames() {}

  /** Whether the name means something without a domain before it. */
  static boolean isStandard(String name) {
    return isQuota(name) || name.equals("storage");
  }

  private static boolean isQuota(String name) {
    return ASKED.contains(name)
        || COUNTED.contains(name)
        || name.equals("requests.storage")
        || name.startsWith("hugepages-")
        || name.startsWith("requests.hugepages-");
  }

  /**
   * Checks a name of any resource.
   *
   * @param at what the faults name
   */
  public static boolean check(String name, Field at) {
    List<String> malformed = Names.qualifiedName(name);
    at.faults().invalid(at.path(), name, malformed);
    if (malformed.isEmpty() && name.indexOf('/') < 0 && !isStandard(name)) {
      at.invalid(name, NOT_STANDARD);
      return false;
    }
    return malformed.isEmpty();
  }

  /** As {@link #check}, and that a quota can count it. */
  public static boolean checkQuota(String name, Field at) {
    boolean fits = check(name, at);
    if (name.indexOf('/') < 0 && !isQuota(name)) {
      at.invalid(name, "must be a standard resource for quota");
      return false;
    }
    return fits;
  }

  /** Whether parts of it make no sense: objects are counted, not measured. */
  public static boolean isCount(String name) {
    return COUNTED.contains(name);
  }
}
