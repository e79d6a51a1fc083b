package dev.sallyport.resources;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All resources that are served now. Look-ups are cheap and may be made from any thread; what is
 * defined at run time (custom resources) may come and go between two calls.
 */
public interface ResourceCatalogue {

  /** The resource of that plural name, or null. */
  @Nullable ResourceDefinition find(String group, String version, String plural);

  /** The resource whose objects are of that kind, or null. */
  @Nullable ResourceDefinition findKind(GroupVersionKind kind);

  /** Whether anything is served under that group and version. */
  boolean serves(String group, String version);

  /** All groups in the order of discovery, the core group first. */
  List<ResourceGroup> groups();

  /** A number that changes whenever anything else here does. */
  long generation();
}
