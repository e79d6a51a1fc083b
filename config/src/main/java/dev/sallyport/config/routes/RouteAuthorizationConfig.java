package dev.sallyport.config.routes;

import dev.sallyport.config.document.Fields;
import java.util.List;

/**
 * How a route's requests are judged.
 *
 * @param judge who is asked
 * @param allowPaths the only paths there are; empty: all
 * @param ignorePaths passed without authentication and authorization
 */
public record RouteAuthorizationConfig(
    Judge judge, List<String> allowPaths, List<String> ignorePaths) {

  /** This server's own authorizers, for every path. */
  public static final RouteAuthorizationConfig DEFAULT =
      new RouteAuthorizationConfig(Judge.LOCAL, List.of(), List.of());

  public RouteAuthorizationConfig {
    allowPaths = List.copyOf(allowPaths);
    ignorePaths = List.copyOf(ignorePaths);
  }

  /** Who is asked. */
  public enum Judge implements NamedChoice {
    /** This server's authorizers. */
    LOCAL("Local"),
    /** RBAC as it is watched from the upstream. */
    UPSTREAM_RBAC("UpstreamRBAC"),
    /** SubjectAccessReview at the upstream. */
    UPSTREAM_REVIEW("UpstreamReview");

    private final String text;

    Judge(String text) {
      this.text = text;
    }

    @Override
    public String text() {
      return text;
    }
  }

  static RouteAuthorizationConfig parse(Fields fields) {
    return new RouteAuthorizationConfig(
        Values.choice(fields, "judge", Judge.values(), Judge.LOCAL),
        fields.texts("allowPaths"),
        fields.texts("ignorePaths"));
  }
}
