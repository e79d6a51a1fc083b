package dev.sallyport.server.endpoint;

import dev.sallyport.api.Answer;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Responses;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints by path: exact ones first, then the longest folder. Filled by the assembly, then only
 * read.
 */
public final class PathTable implements Endpoint {

  private static final Endpoint NOBODY = context -> Answer.now(Responses.pathNotFound());

  private final Map<String, Endpoint> exact = new HashMap<>();
  private final Set<String> unlisted = new HashSet<>();
  private final Map<String, Endpoint> folders = new HashMap<>();
  private Endpoint otherwise = NOBODY;

  /** Serves one path. */
  public PathTable path(String path, Endpoint endpoint) {
    exact.put(path, endpoint);
    return this;
  }

  /** Serves one path that {@link #paths} does not tell. */
  public PathTable unlisted(String path, Endpoint endpoint) {
    unlisted.add(path);
    return path(path, endpoint);
  }

  /**
   * Serves everything below a folder.
   *
   * @param folder ends with a slash
   */
  public PathTable below(String folder, Endpoint endpoint) {
    folders.put(folder, endpoint);
    return this;
  }

  /** Serves all other paths. */
  public PathTable otherwise(Endpoint endpoint) {
    otherwise = endpoint;
    return this;
  }

  /** The endpoint of a path, or null. */
  public @Nullable Endpoint find(String path) {
    Endpoint endpoint = exact.get(path);
    int slash = path.lastIndexOf('/');
    while (endpoint == null && slash > 0) {
      endpoint = folders.get(path.substring(0, slash + 1));
      slash = path.lastIndexOf('/', slash - 1);
    }
    return endpoint;
  }

  /** The exact paths in order. */
  public TreeSet<String> paths() {
    TreeSet<String> paths = new TreeSet<>(exact.keySet());
    paths.removeAll(unlisted);
    return paths;
  }

  /** The exact paths as they are now but for some, those too that {@link #paths} does not tell. */
  public Set<String> servedBut(Set<String> others) {
    Set<String> served = new HashSet<>(exact.keySet());
    served.removeAll(others);
    return Set.copyOf(served);
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    Endpoint endpoint = find(context.info().path());
    return (endpoint == null ? otherwise : endpoint).answer(context);
  }
}
