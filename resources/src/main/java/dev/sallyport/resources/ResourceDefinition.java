package dev.sallyport.resources;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kind as it is served under one group and version. Routes, discovery, RBAC names, storage keys
 * and OpenAPI follow from it.
 *
 * @param kind what its objects are
 * @param plural the resource's name in paths and RBAC rules
 * @param shortNames what kubectl accepts beside the plural
 * @param categories such as all
 * @param verbs as discovery lists them; only create for kinds that are answered and never stored
 * @param collection where its objects are stored (see store.Key); shared by all versions of a kind;
 *     "" for a kind that is never stored
 * @param storageKind the kind and version in which objects are stored; where it is another than
 *     {@code kind}, objects are converted on their way in and out
 * @param storageVersionHash as discovery publishes it; "" for a kind that is never stored
 * @param selectableFields what field selectors may name, beside metadata.name and namespace
 * @param subresources as discovery lists them
 * @param custom what its definition says; null for a built-in kind
 */
public record ResourceDefinition(
    GroupVersionKind kind,
    String plural,
    String singular,
    List<String> shortNames,
    List<String> categories,
    boolean namespaced,
    List<String> verbs,
    String collection,
    GroupVersionKind storageKind,
    String storageVersionHash,
    List<SelectableField> selectableFields,
    List<Subresource> subresources,
    @Nullable CustomKind custom) {

  public ResourceDefinition {
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
    verbs = List.copyOf(verbs);
    selectableFields = List.copyOf(selectableFields);
    subresources = List.copyOf(subresources);
  }

  /** A built-in kind. */
  public ResourceDefinition(
      GroupVersionKind kind,
      String plural,
      String singular,
      List<String> shortNames,
      List<String> categories,
      boolean namespaced,
      List<String> verbs,
      String collection,
      GroupVersionKind storageKind,
      String storageVersionHash,
      List<SelectableField> selectableFields,
      List<Subresource> subresources) {
    this(
        kind,
        plural,
        singular,
        shortNames,
        categories,
        namespaced,
        verbs,
        collection,
        storageKind,
        storageVersionHash,
        selectableFields,
        subresources,
        null);
  }

  public String group() {
    return kind.group();
  }

  public String version() {
    return kind.version();
  }

  /** What a list of it is called, such as ConfigMapList. */
  public GroupVersionKind listKind() {
    return custom == null ? kind.withKind(kind.kind() + "List") : custom.listKind();
  }

  /** Whether its objects are kept; a review, for instance, is only answered. */
  public boolean stored() {
    return !collection.isEmpty();
  }

  public boolean supports(String verb) {
    return verbs.contains(verb);
  }

  /** The subresource of that name, or null. */
  public @Nullable Subresource subresource(String name) {
    for (Subresource subresource : subresources) {
      if (subresource.name().equals(name)) {
        return subresource;
      }
    }
    return null;
  }
}
