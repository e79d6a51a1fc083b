package dev.sallyport.resources.custom;

import dev.sallyport.resources.CustomKind;
import dev.sallyport.resources.CustomKinds;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.ResourceGroup;
import dev.sallyport.resources.catalogue.BuiltInCatalogue;
import dev.sallyport.resources.codec.BuiltInCodec;
import dev.sallyport.store.StoredObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All definitions there are, and the catalogue's groups that follow from them. Readers may be on
 * any thread; changes come one after the other.
 */
public final class DefinitionTable implements CustomKinds {

  private final BuiltInCatalogue catalogue;
  private final BuiltInCodec codec;
  private final VersionConverter converter;
  private final Map<String, Definition> byName = new ConcurrentHashMap<>();
  private final Map<GroupVersionKind, CustomVersion> byKind = new ConcurrentHashMap<>();

  public DefinitionTable(
      BuiltInCatalogue catalogue, BuiltInCodec codec, VersionConverter converter) {
    this.catalogue = catalogue;
    this.codec = codec;
    this.converter = converter;
  }

  /**
   * Takes a definition's new state in. It is served from the next {@link #serve} on.
   *
   * @return its state before, or null
   */
  public @Nullable Definition put(StoredObject source) {
    Definition next = new Definition(source, codec.read(source.json()), codec, converter);
    Definition before = byName.put(next.name(), next);
    // Only kinds that are served may speak for their objects: others may claim names that are
    // taken.
    if (next.established() && !catalogue.builtIn(next.group())) {
      next.versions().forEach(this::replace);
    }
    forget(before);
    return before;
  }

  /** In one step: a request must not find the kind gone while it changes. */
  private void replace(CustomVersion version) {
    byKind.compute(
        version.kind(),
        (kind, known) -> known == null || known.isOf(version.definition()) ? version : known);
  }

  /**
   * Forgets a definition that is gone.
   *
   * @return its last state, or null
   */
  public @Nullable Definition remove(String name) {
    Definition last = byName.remove(name);
    forget(last);
    return last;
  }

  private void forget(@Nullable Definition definition) {
    if (definition != null) {
      definition.versions().forEach(version -> byKind.remove(version.kind(), version));
    }
  }

  /** Has the catalogue serve what is established now. */
  public void serve() {
    Map<String, Map<String, List<ResourceDefinition>>> groups = new TreeMap<>();
    for (Definition definition : byName.values()) {
      if (definition.established()) {
        for (CustomVersion version : definition.versions()) {
          if (version.served()) {
            groups
                .computeIfAbsent(
                    definition.group(), group -> new TreeMap<>(VersionOrder.PREFERRED_FIRST))
                .computeIfAbsent(version.kind().version(), name -> new ArrayList<>())
                .add(version.resource());
          }
        }
      }
    }
    List<ResourceGroup> served = new ArrayList<>(groups.size());
    groups.forEach((name, versions) -> served.add(group(name, versions)));
    catalogue.serve(served);
  }

  private static ResourceGroup group(String name, Map<String, List<ResourceDefinition>> versions) {
    List<ResourceGroup.Version> sorted = new ArrayList<>(versions.size());
    versions.forEach(
        (version, resources) -> {
          resources.sort(Comparator.comparing(ResourceDefinition::plural));
          sorted.add(new ResourceGroup.Version(version, resources));
        });
    return new ResourceGroup(name, sorted);
  }

  /** The definition of that name, or null. */
  public @Nullable Definition definition(String name) {
    return byName.get(name);
  }

  public Collection<Definition> definitions() {
    return List.copyOf(byName.values());
  }

  @Override
  public @Nullable CustomKind find(GroupVersionKind kind) {
    return byKind.get(kind);
  }
}
