package dev.sallyport.server.endpoint.filtered;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.PolicyRule;
import dev.sallyport.authz.Role;
import dev.sallyport.authz.RoleBinding;
import dev.sallyport.authz.RoleBinding.RoleRef;
import dev.sallyport.authz.RoleSource;
import dev.sallyport.authz.RoleSubject;
import dev.sallyport.authz.rbac.RbacAuthorizer;
import dev.sallyport.authz.rbac.RbacIndex;
import dev.sallyport.authz.rbac.RbacSights;
import dev.sallyport.resources.catalogue.BuiltInCatalogue;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.Route;
import dev.sallyport.server.endpoint.proxy.ProxyEndpoint;
import dev.sallyport.server.filter.AuthorizationFilter;
import dev.sallyport.server.filter.FilteredLists;
import dev.sallyport.server.http.Connection;
import dev.sallyport.server.http.Contexts;
import dev.sallyport.server.http.FakeRequest;
import dev.sallyport.server.http.RequestView;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.ResponseWriter;
import dev.sallyport.server.sight.SightLedger;
import dev.sallyport.server.sight.Sightings;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A gateway before a {@link ModelCluster}, with a copy of its roles and bindings that lags as much
 * as the test likes.
 */
final class ModelGateway {

  /** Who is given a role; it shows its part of lists. */
  record Bound(String namespace, String subject, String role) {}

  /** What a role lets do with config maps. */
  enum Rights {
    ALL,
    NAMED,
    LISTS;

    boolean gives(String verb, String name) {
      return switch (this) {
        case ALL -> true;
        case NAMED -> name.equals("x") || name.equals("y");
        case LISTS -> verb.equals("list");
      };
    }
  }

  private final ModelCluster cluster;
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final RbacIndex index = new RbacIndex();
  private final OpenReads open = new OpenReads();
  private final Deque<Runnable> pending = new ArrayDeque<>();
  private final Map<String, Bound> known = new TreeMap<>();
  private final AuthorizationFilter filter;
  private final Route route;
  private final RoleSource.Sink sink;

  ModelGateway(ModelCluster cluster) {
    this.cluster = cluster;
    sink = sinkOf(index);
    for (Rights each : Rights.values()) {
      sink.putRole(
          new Role(
              "",
              each.name(),
              List.of(
                  new PolicyRule(
                      each == Rights.LISTS ? List.of("list") : List.of("list", "watch"),
                      List.of(""),
                      List.of("configmaps"),
                      each == Rights.NAMED ? List.of("x", "y") : List.of(),
                      List.of())),
              false));
    }
    RbacSights sights = new RbacSights(index);
    sights.onChange(open::sightChanged);
    Sightings sightings =
        Sightings.elsewhere(sights.ofAllBindings(), new SightLedger(), new BuiltInCatalogue());
    filter =
        new AuthorizationFilter(
            new RbacAuthorizer(index),
            new ResponseWriter(List.of()),
            FilteredLists.behind(sightings));
    Endpoint whole = new ProxyEndpoint(cluster, true);
    route =
        new Route(
            "model", filter, new FilteredReads(whole, cluster, cluster, sightings, open, true));
  }

  private static RoleSource.Sink sinkOf(RbacIndex index) {
    List<RoleSource.Sink> sinks = new ArrayList<>();
    index.follow(sinks::add);
    return sinks.get(0);
  }

  /** The cluster has a binding, or has it no more; the gateway hears of it later. */
  void bind(String name, Bound bound) {
    cluster.tick();
    pending.add(
        () -> {
          known.put(name, bound);
          boolean user = bound.subject().equals("u");
          sink.putBinding(
              new RoleBinding(
                  bound.namespace(),
                  name,
                  new RoleRef(RoleRef.CLUSTER_ROLE, bound.role()),
                  List.of(
                      new RoleSubject(
                          user ? RoleSubject.USER : RoleSubject.GROUP, "", bound.subject()))));
        });
  }

  void unbind(String name, Bound bound) {
    cluster.tick();
    pending.add(
        () -> {
          known.remove(name);
          sink.removeBinding(bound.namespace(), name);
        });
  }

  /** It hears of some of that, in order. */
  void learn(int some) {
    for (int i = 0; i < some && !pending.isEmpty(); i++) {
      pending.poll().run();
    }
  }

  boolean knowsAll() {
    return pending.isEmpty();
  }

  /** Whether by what it knows the user may do it. */
  boolean lets(UserInfo user, String verb, String namespace, String name) {
    return known.values().stream()
        .anyMatch(
            bound ->
                (bound.subject().equals(user.name()) || user.groups().contains(bound.subject()))
                    && (bound.namespace().isEmpty() || bound.namespace().equals(namespace))
                    && Rights.valueOf(bound.role()).gives(verb, name));
  }

  boolean letsAll(UserInfo user, String verb) {
    return lets(user, verb, "", "");
  }

  Answer<Response> ask(UserInfo user, FakeRequest request) {
    RequestContext context = Contexts.by(user, request).routed(route, new OnLoop(request, channel));
    return filter.decide(
        new Attributes(user, context.info()), context, asked -> route.endpoint().answer(asked));
  }

  /** What was handed to the event loop is done. */
  void run() {
    channel.runPendingTasks();
  }

  /** A request on a connection of Netty's kind of loop. */
  private static final class OnLoop extends RequestView {
    private final Connection connection;

    OnLoop(FakeRequest request, EmbeddedChannel channel) {
      super(request);
      this.connection =
          (Connection)
              Proxy.newProxyInstance(
                  Connection.class.getClassLoader(),
                  new Class<?>[] {Connection.class},
                  (proxy, method, arguments) ->
                      method.getName().equals("loop")
                          ? channel.eventLoop()
                          : method.invoke(request.connection(), arguments));
    }

    @Override
    public Connection connection() {
      return Objects.requireNonNull(connection);
    }
  }
}
