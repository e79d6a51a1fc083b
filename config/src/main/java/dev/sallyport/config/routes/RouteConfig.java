package dev.sallyport.config.routes;

import dev.sallyport.config.RecordingConfig;
import java.util.List;
import java.util.Optional;

/**
 * Which requests go where, and who may send them.
 *
 * @param name what logs and audit events call it
 * @param upstreams one or several, by share
 * @param stripPrefix whether the matched prefix is cut off the path, before it is authorized
 * @param authorization how requests are judged
 * @param filterLists whether lists are answered with just what the caller may see
 * @param recording what of tunnels is recorded; empty: nothing
 */
public record RouteConfig(
    String name,
    RouteMatch match,
    List<UpstreamShare> upstreams,
    boolean stripPrefix,
    RouteAuthorizationConfig authorization,
    ListFiltering filterLists,
    Optional<RecordingConfig> recording) {

  public RouteConfig {
    upstreams = List.copyOf(upstreams);
  }
}
