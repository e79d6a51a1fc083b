package dev.sallyport.resources;

/**
 * A kind's full name.
 *
 * @param group "" for the core group
 */
public record GroupVersionKind(String group, String version, String kind) {

  /** Of the two members that every object carries. */
  public static GroupVersionKind of(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    return slash < 0
        ? new GroupVersionKind("", apiVersion, kind)
        : new GroupVersionKind(
            apiVersion.substring(0, slash), apiVersion.substring(slash + 1), kind);
  }

  /** The member {@code apiVersion}: v1, or group/version. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** The same group and version, another kind. */
  public GroupVersionKind withKind(String other) {
    return new GroupVersionKind(group, version, other);
  }
}
