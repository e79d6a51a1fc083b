package dev.sallyport.server.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Decision;
import dev.sallyport.authz.rbac.RbacAuthorizer;
import dev.sallyport.authz.rbac.RbacIndex;
import dev.sallyport.authz.rbac.RbacSights;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.catalogue.BuiltInCatalogue;
import dev.sallyport.resources.codec.BuiltInCodec;
import dev.sallyport.resources.kinds.factory.BuiltInKinds;
import dev.sallyport.resources.patch.PatchType;
import dev.sallyport.resources.registry.Admission;
import dev.sallyport.resources.registry.Body;
import dev.sallyport.resources.registry.ResourceCall;
import dev.sallyport.resources.registry.ResourceRegistry;
import dev.sallyport.resources.schema.BuiltInSchemas;
import dev.sallyport.resources.table.Tables;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.endpoint.resource.ListBudget;
import dev.sallyport.server.endpoint.resource.ListEndpoint;
import dev.sallyport.server.endpoint.resource.ObjectWriter;
import dev.sallyport.server.endpoint.resource.ResourceRouter;
import dev.sallyport.server.endpoint.resource.SeenCollections;
import dev.sallyport.server.endpoint.resource.WatchEndpoint;
import dev.sallyport.server.endpoint.watch.Watches;
import dev.sallyport.server.filter.AuthorizationFilter;
import dev.sallyport.server.filter.FilteredLists;
import dev.sallyport.server.http.Contexts;
import dev.sallyport.server.http.FakeRequest;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.ResponseWriter;
import dev.sallyport.server.sight.Sightings;
import dev.sallyport.store.HistoryLimits;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.memory.MemoryStores;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The second door, the store and the endpoints of lists and watches, on loops that tests run. */
final class FilteredWorld implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final UserInfo ADMIN = UserInfo.of("admin", "system:masters");
  private static final String RBAC = "rbac.authorization.k8s.io";

  private final ResourceStore store;
  private final BuiltInSchemas schemas = new BuiltInSchemas();
  private final BuiltInCatalogue catalogue = new BuiltInCatalogue();
  private final ObjectCodec codec = new BuiltInCodec(schemas);
  private final ResourceRegistry registry;
  private final RbacIndex index = new RbacIndex();
  private final ResponseWriter writer = new ResponseWriter(List.of());
  private AuthorizationFilter filter;
  private Endpoint router;

  /**
   * @param events how many events of history are kept
   */
  FilteredWorld(int events) {
    store = MemoryStores.open(new HistoryLimits(events, Duration.ofHours(1)), Clock.systemUTC());
    registry =
        new ResourceRegistry(
            store,
            codec,
            schemas,
            catalogue,
            BuiltInKinds.strategies(),
            Admission.EVERYTHING,
            false,
            Clock.systemUTC());
    index.follow(new StoreRoleSource(store, codec));
    Sightings sightings = sightings();
    filter = filter(sightings);
    router = router(sightings);
  }

  private Sightings sightings() {
    return new Sightings(new RbacSights(index), catalogue);
  }

  private AuthorizationFilter filter(Sightings sightings) {
    return new AuthorizationFilter(new RbacAuthorizer(index), writer, new FilteredLists(sightings));
  }

  private Endpoint router(Sightings sightings) {
    Watches watches = new Watches(store);
    sightings.onChange(watches::sightChanged);
    Tables tables = new Tables(codec, Clock.systemUTC(), kind -> null);
    ObjectWriter objects = new ObjectWriter(writer, tables, Runnable::run, new ListBudget(1 << 30));
    SeenCollections seen = new SeenCollections(sightings, registry, store);
    return new ResourceRouter(
        catalogue,
        Map.of(
            "list", new ListEndpoint(registry, objects, seen),
            "watch",
                new WatchEndpoint(registry, watches, writer, tables, Duration.ofMinutes(30), seen)),
        Map.of());
  }

  /** Another server over the same store: it remembers nobody. */
  void restart() {
    Sightings sightings = sightings();
    filter = filter(sightings);
    router = router(sightings);
  }

  Response ask(UserInfo user, FakeRequest request) {
    Answer<Response> answer = filter.apply(Contexts.by(user, request), router::answer);
    return Contexts.value(answer);
  }

  /** Whether the user may watch all config maps there are. */
  boolean watchesAll(UserInfo user) {
    RequestInfo all = RequestInfo.ofResource("watch", "", "v1", "", "configmaps", "", "");
    Answer<AuthorizationResult> answer =
        new RbacAuthorizer(index).authorize(new Attributes(user, all));
    return answer.toStage().toCompletableFuture().join().decision() == Decision.ALLOW;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  ResourceDefinition resource(String group, String plural) {
    return Objects.requireNonNull(catalogue.find(group, "v1", plural), plural);
  }

  private static String group(String plural) {
    return plural.contains("role") ? RBAC : "";
  }

  void create(String plural, String namespace, String json) {
    Answer<?> answer =
        registry.create(
            ResourceCall.of(ADMIN, resource(group(plural), plural), namespace, ""),
            new Body(BodyFormat.JSON, bytes(json)));
    answer.toStage().toCompletableFuture().join();
  }

  void patch(String plural, String namespace, String name, String json) {
    Answer<?> answer =
        registry.patch(
            ResourceCall.of(ADMIN, resource(group(plural), plural), namespace, name),
            PatchType.MERGE,
            bytes(json));
    answer.toStage().toCompletableFuture().join();
  }

  void delete(String plural, String namespace, String name) {
    Answer<?> answer =
        registry.delete(
            ResourceCall.of(ADMIN, resource(group(plural), plural), namespace, name), Body.NONE);
    answer.toStage().toCompletableFuture().join();
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    store.close();
  }
}
