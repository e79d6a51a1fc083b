package dev.sallyport.server.endpoint.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.catalogue.BuiltInCatalogue;
import dev.sallyport.resources.codec.BuiltInCodec;
import dev.sallyport.resources.kinds.factory.BuiltInKinds;
import dev.sallyport.resources.registry.Admission;
import dev.sallyport.resources.registry.QueryParameters;
import dev.sallyport.resources.registry.ResourceCall;
import dev.sallyport.resources.registry.ResourceRegistry;
import dev.sallyport.resources.registry.WatchPlan;
import dev.sallyport.resources.schema.BuiltInSchemas;
import dev.sallyport.server.http.FakeStream;
import dev.sallyport.server.http.ManualLoop;
import dev.sallyport.store.Draft;
import dev.sallyport.store.Key;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.factory.Stores;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A watcher that reads slowly is borne; one that does not read, or falls too far behind, is not.
 */
final class SlowWatcherTest {

  private final ResourceStore store = Stores.memory();
  private final ManualLoop loop = new ManualLoop();
  private final FakeStream stream = new FakeStream(loop);
  private final Watches watches = new Watches(store);
  private final BuiltInCatalogue catalogue = new BuiltInCatalogue();
  private final ResourceDefinition configMaps =
      Objects.requireNonNull(catalogue.find("", "v1", "configmaps"));

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void case179AClientThatReadsNothingIsGivenUpThoughMuchHappens() {
    create("a");
    stream.writable(false);
    watch(Map.of());

    for (int i = 0; i < 4; i++) {
      create("b" + i);
      loop.run();
      loop.advance(10, TimeUnit.SECONDS);
    }

    assertTrue(stream.aborted());
    assertEquals(0, watches.count());
  }

  @Test
  void bearsAClientThatReadsSlowlyButReads() {
    StoredObject first = create("a");
    StoredObject second = create("b");
    stream.acceptingOneAtATime();
    watch(Map.of());
    StoredObject third = create("c");
    loop.run();

    loop.advance(20, TimeUnit.SECONDS);
    stream.writable(true);
    loop.advance(20, TimeUnit.SECONDS);
    stream.writable(true);

    assertFalse(stream.aborted());
    assertEquals(added(first) + added(second) + added(third), stream.take());
  }

  @Test
  void case179AWatcherThatFallsBehindIsToldAllUpToTheGapAndEnded() {
    long start = await(store.revision());
    stream.writable(false);
    watch(Map.of("resourceVersion", "" + start, "allowWatchBookmarks", "true"));
    int writes = 9_000;
    for (int i = 0; i < writes; i++) {
      store.create(key("n" + i), draft("n" + i));
    }
    create("last");
    loop.run();

    stream.writable(true);

    String[] lines = stream.take().split("\n", -1);
    int told = lines.length - 1;
    assertTrue(stream.ended());
    assertTrue(told > 8_000 && told < writes, "told " + told);
    for (int i = 0; i < told; i++) {
      assertTrue(lines[i].contains("\"resourceVersion\":\"" + (start + i + 1) + "\""), lines[i]);
    }
  }

  private void watch(Map<String, String> parameters) {
    ResourceRegistry registry =
        new ResourceRegistry(
            store,
            new BuiltInCodec(new BuiltInSchemas()),
            new BuiltInSchemas(),
            catalogue,
            BuiltInKinds.strategies(),
            Admission.EVERYTHING,
            false,
            Clock.systemUTC());
    UserInfo user = new UserInfo("u", "", List.of(), Map.of());
    QueryParameters query =
        name ->
            parameters.containsKey(name) ? List.of(parameters.getOrDefault(name, "")) : List.of();
    WatchPlan plan = await(registry.watch(new ResourceCall(user, configMaps, "w", "", "", query)));
    new WatchStream(
            store,
            plan,
            3_600_000,
            new JsonFrames(plan.shaper()),
            watches,
            loop,
            new WatchRounds(loop, () -> 0),
            () -> {},
            null)
        .start(stream);
  }

  private StoredObject create(String name) {
    return await(store.create(key(name), draft(name)));
  }

  private Key key(String name) {
    return new Key(configMaps.collection(), "w", name);
  }

  private static Draft draft(String name) {
    String head = "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",";
    String json = head + "\"metadata\":{\"name\":\"" + name + "\"}}";
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return new Draft(
        bytes,
        bytes.length - 2,
        head.length() - 1,
        name,
        Map.of(),
        Map.of("metadata.name", name, "metadata.namespace", "w"));
  }

  private static String added(StoredObject object) {
    return "{\"type\":\"ADDED\",\"object\":"
        + new String(object.json(), StandardCharsets.UTF_8)
        + "}\n";
  }

  private static <T> T await(Answer<T> answer) {
    return answer.toStage().toCompletableFuture().join();
  }
}
