package dev.sallyport.resources.catalogue;

import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.ResourceGroup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The built-in kinds and whatever is added to them at run time. One per server. Readers see one
 * consistent state; {@link #serve} may be called from any thread.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/">Kubernetes API overview</a>
 */
public final class BuiltInCatalogue implements ResourceCatalogue {

  private final List<ResourceGroup> fixed = new ArrayList<>(CatalogueTable.builtIn());
  private List<ResourceGroup> custom = List.of();
  private volatile CatalogueIndex index = new CatalogueIndex(fixed, 0);

  /**
   * The fixed groups and Sallyport's own, served or not: a store remembers objects that were made
   * when a flag that is gone was there.
   */
  public synchronized List<ResourceGroup> storable() {
    List<ResourceGroup> all = new ArrayList<>(fixed);
    for (ResourceGroup own : CatalogueTable.own()) {
      if (!builtIn(own.name())) {
        all.add(own);
      }
    }
    return all;
  }

  /** Serves the kinds of Sallyport's own, group sallyport.dev. */
  public synchronized void addOwn() {
    fixed.addAll(CatalogueTable.own());
    renew();
  }

  /**
   * Serves these groups, and no others, beside those that are built in; a group that is built in is
   * left as it is.
   *
   * @param groups in the order of discovery
   */
  public synchronized void serve(List<ResourceGroup> groups) {
    custom = List.copyOf(groups);
    renew();
  }

  private void renew() {
    List<ResourceGroup> all = new ArrayList<>(fixed);
    for (ResourceGroup group : custom) {
      if (!builtIn(group.name())) {
        all.add(group);
      }
    }
    index = new CatalogueIndex(all, index.generation() + 1);
  }

  /** Whether a group of that name is served whatever is defined at run time. */
  public synchronized boolean builtIn(String name) {
    return fixed.stream().anyMatch(group -> group.name().equals(name));
  }

  @Override
  public @Nullable ResourceDefinition find(String group, String version, String plural) {
    return index.find(group, version, plural);
  }

  @Override
  public @Nullable ResourceDefinition findKind(GroupVersionKind kind) {
    return index.findKind(kind);
  }

  @Override
  public boolean serves(String group, String version) {
    return index.serves(group, version);
  }

  @Override
  public List<ResourceGroup> groups() {
    return index.groups();
  }

  @Override
  public long generation() {
    return index.generation();
  }
}
