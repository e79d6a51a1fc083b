package dev.sallyport.resources.catalogue;

import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.ResourceGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One state of the catalogue, indexed for routing. Immutable. */
final class CatalogueIndex {

  private final List<ResourceGroup> groups;
  private final long generation;
  private final Map<String, Map<String, Map<String, ResourceDefinition>>> byPath = new HashMap<>();
  private final Map<GroupVersionKind, ResourceDefinition> byKind = new HashMap<>();

  CatalogueIndex(List<ResourceGroup> groups, long generation) {
    this.groups = List.copyOf(groups);
    this.generation = generation;
    for (ResourceGroup group : groups) {
      Map<String, Map<String, ResourceDefinition>> versions = new HashMap<>();
      group.versions().forEach(version -> versions.put(version.name(), index(version)));
      byPath.put(group.name(), versions);
    }
  }

  private Map<String, ResourceDefinition> index(ResourceGroup.Version version) {
    Map<String, ResourceDefinition> byPlural = new HashMap<>();
    for (ResourceDefinition definition : version.resources()) {
      byPlural.put(definition.plural(), definition);
      byKind.put(definition.kind(), definition);
    }
    return byPlural;
  }

  @Nullable ResourceDefinition find(String group, String version, String plural) {
    Map<String, Map<String, ResourceDefinition>> versions = byPath.get(group);
    Map<String, ResourceDefinition> byPlural = versions == null ? null : versions.get(version);
    return byPlural == null ? null : byPlural.get(plural);
  }

  @Nullable ResourceDefinition findKind(GroupVersionKind kind) {
    return byKind.get(kind);
  }

  boolean serves(String group, String version) {
    Map<String, Map<String, ResourceDefinition>> versions = byPath.get(group);
    return versions != null && versions.containsKey(version);
  }

  List<ResourceGroup> groups() {
    return groups;
  }

  long generation() {
    return generation;
  }
}
