package dev.sallyport.resources;

import java.util.List;

/**
 * How strategic merge patches and server-side apply treat a field.
 *
 * @param patchStrategy replace, merge, retainKeys in any combination; "" is replace
 * @param patchMergeKey the key by which list elements are matched; "" for none
 * @param listType atomic, set, map or "" (atomic)
 * @param listMapKeys the keys of a list of type map
 * @param mapType atomic, granular or ""
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">Server-Side
 *     Apply: merge strategy</a>
 */
public record MergeRule(
    String patchStrategy,
    String patchMergeKey,
    String listType,
    List<String> listMapKeys,
    String mapType) {

  /** Lists are replaced, maps and structs merged. */
  public static final MergeRule DEFAULT = new MergeRule("", "", "", List.of(), "");

  public MergeRule {
    listMapKeys = List.copyOf(listMapKeys);
  }
}
