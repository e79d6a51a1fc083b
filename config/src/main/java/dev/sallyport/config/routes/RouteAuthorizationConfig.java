package dev.sallyport.config.routes;

import dev.sallyport.config.NamedChoice;
import dev.sallyport.config.document.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the requests of a route are judged.
 *
 * @param judge who says whether they may pass
 * @param attributes what is asked; empty: what the path says to a kube-apiserver
 * @param authorizedTtl how long a yes of {@link Judge#UPSTREAM_REVIEW} holds; zero: not at all
 * @param unauthorizedTtl how long its other answers hold
 * @param timeout how long one review may take
 * @param refuseAfter after so long without contact to the upstream {@link Judge#UPSTREAM_RBAC} lets
 *     nothing pass any more; empty: it goes on by what it knows
 * @param allowPaths what matches none of them is answered 404; empty: all are allowed
 * @param ignorePaths what matches one passes without any check
 */
public record RouteAuthorizationConfig(
    Judge judge,
    Optional<AttributesConfig> attributes,
    Duration authorizedTtl,
    Duration unauthorizedTtl,
    Duration timeout,
    Duration refuseAfter,
    List<PathPattern> allowPaths,
    List<PathPattern> ignorePaths) {

  private static final Duration AUTHORIZED = Duration.ofMinutes(5);
  private static final Duration UNAUTHORIZED = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** As the whole server judges. */
  public static final RouteAuthorizationConfig DEFAULT =
      of(Judge.LOCAL, Optional.empty(), List.of(), List.of());

  /** Who says whether a request may pass. */
  public enum Judge implements NamedChoice {
    /** This server's own authorizers. */
    LOCAL("Local"),
    /** Roles and bindings that are listed and watched at the upstream, a kube-apiserver. */
    UPSTREAM_RBAC("UpstreamRBAC"),
    /** The upstream, a kube-apiserver, by SubjectAccessReview. */
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

  public RouteAuthorizationConfig {
    allowPaths = List.copyOf(allowPaths);
    ignorePaths = List.copyOf(ignorePaths);
  }

  /** With the usual times. */
  public static RouteAuthorizationConfig of(
      Judge judge,
      Optional<AttributesConfig> attributes,
      List<PathPattern> allowPaths,
      List<PathPattern> ignorePaths) {
    return new RouteAuthorizationConfig(
        judge,
        attributes,
        AUTHORIZED,
        UNAUTHORIZED,
        TIMEOUT,
        Duration.ZERO,
        allowPaths,
        ignorePaths);
  }

  /** Reads a route's {@code authorization}; what is wrong is noted in the fields. */
  public static RouteAuthorizationConfig parse(Fields fields) {
    Fields asked = fields.object("attributes");
    Fields review = fields.object("review");
    Fields watch = fields.object("watch");
    boolean plain = asked.bool("path").orElse(false);
    AttributesConfig attributes = AttributesReader.read(asked);
    boolean given = plain || !attributes.equals(AttributesConfig.PATH);
    if (plain && attributes.resource().isPresent()) {
      asked.fault("path", "not together with resourceAttributes");
    }
    List<PathPattern> allowed = patterns(fields, "allowPaths");
    List<PathPattern> ignored = patterns(fields, "ignorePaths");
    if (!allowed.isEmpty() && !ignored.isEmpty()) {
      fields.fault("ignorePaths", "not together with allowPaths");
    }
    return new RouteAuthorizationConfig(
        Values.choice(fields, "judge", Judge.values(), Judge.LOCAL),
        given ? Optional.of(attributes) : Optional.empty(),
        Values.duration(review, "authorizedTTL", AUTHORIZED),
        Values.duration(review, "unauthorizedTTL", UNAUTHORIZED),
        timeout(review),
        Values.duration(watch, "refuseAfter", Duration.ZERO),
        allowed,
        ignored);
  }

  private static Duration timeout(Fields review) {
    Duration time = Values.duration(review, "timeout", TIMEOUT);
    if (time.isZero()) {
      review.fault("timeout", "expected a time above zero");
      return TIMEOUT;
    }
    return time;
  }

  private static List<PathPattern> patterns(Fields fields, String field) {
    List<PathPattern> patterns = new ArrayList<>();
    for (String text : fields.texts(field)) {
      try {
        patterns.add(PathPattern.parse(text));
      } catch (IllegalArgumentException e) {
        fields.fault(field, "\"" + text + "\" is no path pattern: " + e.getMessage());
      }
    }
    return patterns;
  }
}
