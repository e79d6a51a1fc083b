package dev.sallyport.config.routes;

import java.util.List;
import java.util.Optional;

/**
 * What is asked about a request to a plain service: a right to a resource, or to the path. The verb
 * follows from the method: GET is get, POST create, PUT update, PATCH patch, DELETE delete.
 *
 * @param resource empty: the request's path is asked about
 * @param statics allowed without asking
 * @see <a href="https://github.com/brancz/kube-rbac-proxy/tree/master/examples">kube-rbac-proxy's
 *     examples</a>
 */
public record AttributesConfig(
    Optional<ResourceQuestion> resource, Rewrites rewrites, List<StaticRule> statics) {

  /** The path is asked about. */
  public static final AttributesConfig PATH =
      new AttributesConfig(Optional.empty(), Rewrites.NONE, List.of());

  public AttributesConfig {
    statics = List.copyOf(statics);
  }
}
