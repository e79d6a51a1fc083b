package dev.sallyport.server.endpoint.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.UserInfo;
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
import dev.sallyport.resources.registry.WatchPlan;
import dev.sallyport.resources.schema.BuiltInSchemas;
import dev.sallyport.server.chain.Query;
import dev.sallyport.server.http.FakeStream;
import dev.sallyport.server.http.ManualLoop;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.factory.Stores;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Watches of namespaces: they need nothing else to exist. */
final class WatchStreamTest {

  private static final UserInfo USER = UserInfo.of("tester");

  private final ResourceStore store = Stores.memory();
  private final BuiltInSchemas schemas = new BuiltInSchemas();
  private final BuiltInCatalogue catalogue = new BuiltInCatalogue();
  private final ObjectCodec codec = new BuiltInCodec(schemas);
  private final ResourceRegistry registry =
      new ResourceRegistry(
          store,
          codec,
          schemas,
          catalogue,
          BuiltInKinds.strategies(),
          Admission.EVERYTHING,
          false,
          Clock.systemUTC());
  private final ResourceDefinition namespaces =
      Objects.requireNonNull(catalogue.find("", "v1", "namespaces"));
  private final ManualLoop loop = new ManualLoop();
  private final FakeStream stream = new FakeStream(loop);
  private final Watches open = new Watches(store);

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void tellsInitialObjectsThenTheirEndThenChanges() {
    StoredObject first = create("a", "1");
    start("sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan");

    assertEquals(
        line("ADDED", first)
            + "{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"Namespace\",\"apiVersion\":\"v1\","
            + "\"metadata\":{\"resourceVersion\":\""
            + first.revision()
            + "\",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}}}}\n",
        stream.take());

    StoredObject second = create("b", "1");
    loop.run();

    assertEquals(line("ADDED", second), stream.take());
  }

  @Test
  void showsAnObjectThatLeavesTheSelectorAsDeleted() {
    StoredObject before = create("a", "1");
    start("labelSelector=k%3D1&resourceVersion=" + before.revision());

    StoredObject outside = relabel("a", "2");
    StoredObject inside = relabel("a", "1");
    loop.run();

    assertEquals(
        line("DELETED", before.withRevision(outside.revision())) + line("ADDED", inside),
        stream.take());
  }

  @Test
  void keepsQuietAboutWhatTheSelectorNeverSaw() {
    start("labelSelector=k%3D9");

    create("a", "1");
    relabel("a", "2");
    loop.run();

    assertEquals("", stream.take());
  }

  @Test
  void waitsForAClientThatDoesNotRead() {
    start("");
    stream.writable(false);
    StoredObject object = create("a", "1");
    loop.run();

    assertEquals("", stream.take());
    stream.writable(true);
    assertEquals(line("ADDED", object), stream.take());
  }

  @Test
  void givesUpAClientThatReadsNothingForTooLong() {
    start("");
    stream.writable(false);
    create("a", "1");
    loop.run();

    loop.advance(31, TimeUnit.SECONDS);

    assertTrue(stream.aborted());
    assertEquals(0, open.count());
  }

  @Test
  void endsByItselfWhenItsTimeIsUp() {
    start("");
    assertEquals(1, open.count());

    loop.advance(600, TimeUnit.SECONDS);

    assertTrue(stream.ended());
    assertEquals(0, open.count());
    assertEquals(0, loop.pendingTimers());
  }

  @Test
  void marksProgressNowAndThen() {
    WatchStream watch = watch(store, "allowWatchBookmarks=true&labelSelector=k%3D9");
    watch.start(stream);
    watch.progress(4711);

    loop.advance(61, TimeUnit.SECONDS);

    assertTrue(stream.take().contains("\"resourceVersion\":\"4711\""));
  }

  @Test
  void tellsThatTheVersionIsTooOldAndEnds() {
    StoredObject object = create("a", "1");
    watch(new CompactedStore(store), "resourceVersion=" + object.revision()).start(stream);

    assertTrue(
        stream
            .take()
            .startsWith(
                "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\","
                    + "\"metadata\":{},\"status\":\"Failure\",\"message\":\"too old resource"
                    + " version: "
                    + object.revision()));
    assertTrue(stream.ended());
  }

  @Test
  void endsCleanlyWhenTheServerStops() {
    start("");

    open.endAll();
    loop.run();

    assertTrue(stream.ended());
    assertFalse(stream.aborted());
  }

  @Test
  void forgetsAClientThatHasGone() {
    start("");

    stream.clientGone();
    create("a", "1");
    loop.run();

    assertEquals("", stream.take());
    assertEquals(0, open.count());
  }

  private void start(String query) {
    watch(store, query).start(stream);
  }

  private WatchStream watch(ResourceStore from, String query) {
    WatchPlan plan =
        registry
            .watch(new ResourceCall(USER, namespaces, "", "", "", Query.parse(query)))
            .toStage()
            .toCompletableFuture()
            .join();
    return new WatchStream(
        from,
        plan,
        600_000,
        WatchFrames.of(BodyFormat.JSON, null, plan.shaper()),
        open,
        loop,
        new WatchRounds(loop, () -> 0),
        () -> {},
        null);
  }

  private StoredObject create(String name, String label) {
    String json = "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{\"k\":\"" + label + "\"}}}";
    return registry
        .create(ResourceCall.of(USER, namespaces, "", ""), new Body(BodyFormat.JSON, bytes(json)))
        .toStage()
        .toCompletableFuture()
        .join()
        .object();
  }

  private StoredObject relabel(String name, String label) {
    String patch = "{\"metadata\":{\"labels\":{\"k\":\"" + label + "\"}}}";
    return registry
        .patch(ResourceCall.of(USER, namespaces, "", name), PatchType.MERGE, bytes(patch))
        .toStage()
        .toCompletableFuture()
        .join()
        .object();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String line(String type, StoredObject object) {
    return "{\"type\":\""
        + type
        + "\",\"object\":"
        + new String(object.json(), StandardCharsets.UTF_8)
        + "}\n";
  }
}
