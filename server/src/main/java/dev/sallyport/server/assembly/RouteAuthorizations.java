package dev.sallyport.server.assembly;

import dev.sallyport.authz.Authorizer;
import dev.sallyport.authz.RolesContact;
import dev.sallyport.authz.SightSource;
import dev.sallyport.authz.attributes.RequestQuestions;
import dev.sallyport.authz.attributes.StaticAuthorizer;
import dev.sallyport.authz.factory.RouteJudge;
import dev.sallyport.authz.factory.UpstreamJudges;
import dev.sallyport.authz.union.UnionAuthorizer;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.reload.RenewedValue;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.config.routes.AttributesConfig;
import dev.sallyport.config.routes.ListFiltering;
import dev.sallyport.config.routes.RouteAuthorizationConfig;
import dev.sallyport.config.routes.RouteAuthorizationConfig.Judge;
import dev.sallyport.config.routes.RouteConfig;
import dev.sallyport.config.routes.RouteConfiguration;
import dev.sallyport.config.routes.UpstreamSpec;
import dev.sallyport.server.chain.RoutePaths;
import dev.sallyport.server.filter.AuthorizationFilter;
import dev.sallyport.server.filter.FilteredLists;
import dev.sallyport.server.filter.route.RouteAuthorization;
import dev.sallyport.server.response.ResponseWriter;
import dev.sallyport.server.sight.Sightings;
import dev.sallyport.webhook.WebhookTarget;
import dev.sallyport.webhook.kubeconfig.FileSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the doors of routes. A judge that stands in the next configuration as it was is kept, with
 * what it knows; one that is gone is stopped. One thread at a time, but for {@link #contacts}.
 */
final class RouteAuthorizations implements AutoCloseable {

  private final RouteJudge local;
  private final UpstreamJudges judges;
  private final ResponseWriter writer;
  private final RouteSightings sightings;
  private volatile Map<Key, Kept> current = Map.of();

  /** What two routes have in common if one judge serves both. */
  private record Key(
      UpstreamSpec upstream,
      Judge judge,
      Duration authorizedTtl,
      Duration unauthorizedTtl,
      Duration timeout,
      Duration refuseAfter) {
    static Key of(UpstreamSpec upstream, RouteAuthorizationConfig config) {
      return new Key(
          upstream,
          config.judge(),
          config.authorizedTtl(),
          config.unauthorizedTtl(),
          config.timeout(),
          config.refuseAfter());
    }
  }

  private record Kept(RenewedValue<WebhookTarget> target, RouteJudge judge) {}

  /**
   * @param local this server's authorizers
   */
  RouteAuthorizations(
      RouteJudge local, UpstreamJudges judges, ResponseWriter writer, RouteSightings sightings) {
    this.local = local;
    this.judges = judges;
    this.writer = writer;
    this.sightings = sightings;
    sightings.follow(local.sights());
  }

  RouteSightings sightings() {
    return sightings;
  }

  /**
   * Where the upstreams that judge are asked, by their names; nothing is changed by looking.
   *
   * @throws InvalidFileException when a file cannot be used, or one cannot be asked
   */
  static Map<String, WebhookTarget> targets(RouteConfiguration configuration, FileSource files)
      throws InvalidFileException {
    Map<String, WebhookTarget> targets = new HashMap<>();
    for (RouteConfig route : configuration.routes()) {
      if (route.authorization().judge() != Judge.LOCAL) {
        UpstreamSpec upstream = asked(route, configuration);
        targets.put(upstream.name(), UpstreamTargets.of(upstream, files));
      }
    }
    return targets;
  }

  /** The doors of all routes by their names, which take the place of those before. */
  Map<String, RouteDoor> replace(
      RouteConfiguration configuration, Map<String, WebhookTarget> targets) {
    Map<Key, Kept> before = new HashMap<>(current);
    Map<Key, Kept> after = new HashMap<>();
    Map<String, RouteDoor> doors = new HashMap<>();
    for (RouteConfig route : configuration.routes()) {
      RouteAuthorizationConfig config = route.authorization();
      RouteJudge judge = null;
      if (config.judge() != Judge.LOCAL) {
        UpstreamSpec upstream = asked(route, configuration);
        WebhookTarget target =
            Objects.requireNonNull(targets.get(upstream.name()), "a target not looked up");
        Key key = Key.of(upstream, config);
        Kept kept = after.containsKey(key) ? after.get(key) : before.remove(key);
        if (kept == null) {
          RenewedValue<WebhookTarget> renewed = new RenewedValue<>(target);
          kept = new Kept(renewed, judge(upstream.name(), config, renewed.watched()));
        } else {
          kept.target().renew(target);
        }
        after.put(key, kept);
        judge = kept.judge();
      }
      doors.put(route.name(), door(config, judge, sightings(route, configuration, judge)));
    }
    sightings.keep(configuration.upstreams());
    current = Map.copyOf(after);
    before.values().forEach(kept -> kept.judge().end().run());
    return doors;
  }

  private @Nullable Sightings sightings(
      RouteConfig route, RouteConfiguration configuration, @Nullable RouteJudge judge) {
    if (route.filterLists() == ListFiltering.OFF) {
      return null;
    }
    SightSource source = (judge == null ? local : judge).sights();
    return sightings.of(asked(route, configuration), route.filterLists(), source);
  }

  private static UpstreamSpec asked(RouteConfig route, RouteConfiguration configuration) {
    String name = route.upstreams().get(0).name();
    return configuration.upstreams().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a route to an upstream that is not there"));
  }

  /** A judge at another cluster. */
  RouteJudge judge(String name, RouteAuthorizationConfig config, Watched<WebhookTarget> cluster) {
    if (config.judge() != Judge.UPSTREAM_RBAC) {
      return judges.reviewing("route." + name, config, cluster);
    }
    RouteJudge judge = judges.following(name, config, cluster);
    sightings.follow(judge.sights());
    return judge;
  }

  /** A door through which nobody sees a part of a list. */
  RouteDoor door(RouteAuthorizationConfig config, @Nullable RouteJudge judge) {
    return door(config, judge, null);
  }

  /**
   * @param judge null: this server's authorizers
   * @param shown what lists show of what may not be seen whole; null: nothing
   */
  private RouteDoor door(
      RouteAuthorizationConfig config, @Nullable RouteJudge judge, @Nullable Sightings shown) {
    RoutePaths paths = new RoutePaths(config.allowPaths(), config.ignorePaths());
    boolean usual = judge == null && config.attributes().isEmpty() && shown == null;
    if (usual && config.ignorePaths().isEmpty()) {
      return new RouteDoor(null, paths, null);
    }
    RouteJudge judging = judge == null ? local : judge;
    Authorizer authorizer =
        config
            .attributes()
            .map(AttributesConfig::statics)
            .filter(rules -> !rules.isEmpty())
            .<Authorizer>map(
                rules ->
                    new UnionAuthorizer(List.of(new StaticAuthorizer(rules), judging.authorizer())))
            .orElse(judging.authorizer());
    return new RouteDoor(
        new RouteAuthorization(
            paths,
            config.attributes().map(RequestQuestions::new).orElse(null),
            judging.unavailable(),
            new AuthorizationFilter(
                authorizer, writer, shown == null ? null : FilteredLists.behind(shown))),
        paths,
        shown);
  }

  /** How well the roles of upstreams that are watched are known, by the upstreams' names. */
  Map<String, RolesContact> contacts() {
    Map<String, RolesContact> contacts = new HashMap<>();
    current.forEach(
        (key, kept) -> {
          Supplier<RolesContact> contact = kept.judge().contact();
          if (contact != null) {
            contacts.merge(key.upstream().name(), contact.get(), RolesContact::and);
          }
        });
    return contacts;
  }

  @Override
  public void close() {
    current.values().forEach(kept -> kept.judge().end().run());
    current = Map.of();
  }
}
