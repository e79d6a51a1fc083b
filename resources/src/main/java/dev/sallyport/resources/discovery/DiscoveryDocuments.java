package dev.sallyport.resources.discovery;

import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.ResourceGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Discovery's answers by path, made once for each state of the catalogue. Any thread.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api">The
 *     discovery API</a>
 */
public final class DiscoveryDocuments {

  /** The content type of aggregated answers. */
  public static final String AGGREGATED_TYPE =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  /** How long clients may keep an aggregated answer without asking: not at all, but by its ETag. */
  public static final String AGGREGATED_CACHE_CONTROL = "public";

  private final ResourceCatalogue catalogue;
  private volatile @Nullable Documents documents;

  public DiscoveryDocuments(ResourceCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * The answer at a path such as {@code /api/v1}, {@code /apis} or {@code /apis/apps}, with or
   * without a slash at its end; null when nothing is served there. {@code /api} itself depends on
   * the address that was asked, see {@link #legacyVersions}.
   */
  public @Nullable DiscoveryDocument document(String path) {
    return current().byPath.get(trimmed(path));
  }

  /** All groups with all their resources, at {@code /api} or {@code /apis}; null elsewhere. */
  public @Nullable DiscoveryDocument aggregated(String path) {
    return current().aggregated.get(trimmed(path));
  }

  /**
   * The answer at {@code /api}.
   *
   * @param serverAddress host and port by which the client reaches this server
   */
  public DiscoveryDocument legacyVersions(String serverAddress) {
    return DiscoveryJson.legacyVersions(serverAddress);
  }

  /** The paths that {@code GET /} lists for discovery, in order. */
  public List<String> paths() {
    return current().paths;
  }

  private static String trimmed(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private Documents current() {
    Documents now = documents;
    long generation = catalogue.generation();
    if (now == null || now.generation != generation) {
      now = new Documents(generation, catalogue.groups());
      documents = now;
    }
    return now;
  }

  private static final class Documents {
    private final long generation;
    private final Map<String, DiscoveryDocument> byPath = new HashMap<>();
    private final Map<String, DiscoveryDocument> aggregated = new HashMap<>();
    private final List<String> paths;

    Documents(long generation, List<ResourceGroup> groups) {
      this.generation = generation;
      List<ResourceGroup> core = new ArrayList<>();
      List<ResourceGroup> named = new ArrayList<>();
      groups.forEach(group -> (group.name().isEmpty() ? core : named).add(group));
      groups.forEach(this::group);
      byPath.put("/apis", DiscoveryJson.groupList(named));
      aggregated.put("/api", AggregatedJson.of(core));
      aggregated.put("/apis", AggregatedJson.of(named));
      TreeSet<String> sorted = new TreeSet<>(byPath.keySet());
      sorted.addAll(List.of("/api", "/apis/"));
      paths = List.copyOf(sorted);
    }

    private void group(ResourceGroup group) {
      String folder = "/api";
      if (!group.name().isEmpty()) {
        folder = "/apis/" + group.name();
        byPath.put(folder, DiscoveryJson.group(group));
      }
      for (ResourceGroup.Version version : group.versions()) {
        byPath.put(folder + "/" + version.name(), DiscoveryJson.resources(group, version));
      }
    }
  }
}
