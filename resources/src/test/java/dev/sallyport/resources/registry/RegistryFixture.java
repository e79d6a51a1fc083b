package dev.sallyport.resources.registry;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.api.UserInfo;
import dev.sallyport.config.ServiceNetworkConfig;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.catalogue.BuiltInCatalogue;
import dev.sallyport.resources.codec.BuiltInCodec;
import dev.sallyport.resources.kinds.core.ServiceNetwork;
import dev.sallyport.resources.kinds.factory.BuiltInKinds;
import dev.sallyport.resources.patch.PatchType;
import dev.sallyport.resources.schema.BuiltInSchemas;
import dev.sallyport.store.HistoryLimits;
import dev.sallyport.store.Key;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import dev.sallyport.store.memory.MemoryStores;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A registry over a store in memory, spoken to as an endpoint would. */
final class RegistryFixture implements AutoCloseable {

  static final UserInfo USER = UserInfo.of("tester", "system:masters");
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC);

  final BuiltInSchemas schemas = new BuiltInSchemas();
  final BuiltInCodec codec = new BuiltInCodec(schemas);
  final BuiltInCatalogue catalogue = new BuiltInCatalogue();
  final ResourceStore store = MemoryStores.open(HistoryLimits.DEFAULT, CLOCK);
  final ServiceNetwork network;
  final ResourceRegistry registry;

  RegistryFixture() {
    this(Admission.EVERYTHING);
  }

  RegistryFixture(Admission admission) {
    this(admission, ServiceNetworkConfig.DEFAULT);
  }

  RegistryFixture(Admission admission, ServiceNetworkConfig services) {
    network = new ServiceNetwork(services);
    store.observe("services/specs", this::follow);
    registry =
        new ResourceRegistry(
            store,
            codec,
            schemas,
            catalogue,
            BuiltInKinds.strategies(network),
            admission,
            false,
            CLOCK);
  }

  private void follow(WatchEvent event) {
    Key key = event.object().key();
    if (event.type() == WatchEvent.Type.DELETED) {
      network.gone(key.namespace(), key.name());
    } else {
      network.present(key.namespace(), key.name(), codec.read(event.object().json()));
    }
  }

  ResourceDefinition resource(String group, String version, String plural) {
    ResourceDefinition found = catalogue.find(group, version, plural);
    if (found == null) {
      throw new IllegalArgumentException(plural);
    }
    return found;
  }

  /**
   * @param path namespace/plural/name/subresource, "-" for an absent part; core v1
   */
  ResourceCall call(String path, String... query) {
    return call(resource("", "v1", path.split("/")[1]), path, query);
  }

  static ResourceCall call(ResourceDefinition resource, String path, String... query) {
    List<String> parts = Arrays.asList(path.split("/"));
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : query) {
      int equals = pair.indexOf('=');
      parameters.put(pair.substring(0, equals), List.of(pair.substring(equals + 1)));
    }
    return new ResourceCall(
        USER,
        resource,
        part(parts, 0),
        part(parts, 2),
        part(parts, 3),
        QueryParameters.of(parameters));
  }

  private static String part(List<String> parts, int index) {
    return index >= parts.size() || parts.get(index).equals("-") ? "" : parts.get(index);
  }

  static Body json(String text) {
    return new Body(BodyFormat.JSON, text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  ObjectNode create(String path, String body, String... query) {
    return tree(await(registry.create(call(path, query), json(body))).object());
  }

  ObjectNode update(String path, String body, String... query) {
    return tree(await(registry.update(call(path, query), json(body))).object());
  }

  ObjectNode patch(PatchType type, String path, String document, String... query) {
    byte[] bytes = document.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return tree(await(registry.patch(call(path, query), type, bytes)).object());
  }

  ObjectNode get(String path, String... query) {
    return tree(await(registry.get(call(path, query))));
  }

  DeleteResult delete(String path, String options) {
    Body body = options.isEmpty() ? Body.NONE : json(options);
    return await(registry.delete(call(path), body));
  }

  ObjectNode tree(StoredObject object) {
    return codec.read(object.json());
  }

  /** The refusal of a call that must be refused, now or later. */
  static Status refusal(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(StatusException.class, call).status();
  }

  /** What is answered; failures are thrown as they are. */
  static <T> T await(Answer<T> answer) {
    try {
      return answer.toStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      Throwable cause = Answer.unwrap(e);
      throw cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
