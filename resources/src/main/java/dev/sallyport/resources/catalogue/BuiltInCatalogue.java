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
 * consistent state; {@link #add} and {@link #remove} may be called from any thread.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/">Kubernetes API overview</a>
 */
public final class BuiltInCatalogue implements ResourceCatalogue {

  private volatile CatalogueIndex index = new CatalogueIndex(CatalogueTable.builtIn(), 0);

  /** Serves the kinds of Sallyport's own, group sallyport.dev. */
  public void addOwn() {
    CatalogueTable.own().forEach(this::add);
  }

  /**
   * Serves one more group (a custom resource's, say) or replaces the group of that name. A built-in
   * group is not to be replaced.
   */
  public synchronized void add(ResourceGroup group) {
    List<ResourceGroup> groups = without(group.name());
    groups.add(group);
    index = new CatalogueIndex(groups, index.generation() + 1);
  }

  /** Serves that group no longer. */
  public synchronized void remove(String group) {
    index = new CatalogueIndex(without(group), index.generation() + 1);
  }

  private List<ResourceGroup> without(String name) {
    List<ResourceGroup> kept = new ArrayList<>(index.groups());
    kept.removeIf(group -> group.name().equals(name));
    return kept;
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
