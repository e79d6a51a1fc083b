package dev.sallyport.server.endpoint.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Status;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.selector.FieldSelector;
import dev.sallyport.resources.selector.LabelSelector;
import dev.sallyport.server.http.FakeStream;
import dev.sallyport.server.http.ManualLoop;
import dev.sallyport.store.Change;
import dev.sallyport.store.Draft;
import dev.sallyport.store.Key;
import dev.sallyport.store.Preconditions;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.factory.Stores;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WatchStreamTest {

  private static final GroupVersionKind KIND = GroupVersionKind.of("v1", "ConfigMap");

  private final ResourceStore store = Stores.memory();
  private final ManualLoop loop = new ManualLoop();
  private final FakeStream stream = new FakeStream(loop);
  private final OpenWatches open = new OpenWatches();

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void tellsInitialObjectsThenTheirEndThenChanges() {
    StoredObject first = create("a", "1");
    start(new WatchStart(first.revision(), List.of(first), true, true, 60_000), "");

    assertEquals(
        line("ADDED", first)
            + "{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\","
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
    start(changesFrom(before.revision()), "k=1");

    StoredObject outside = relabel("a", "2");
    StoredObject inside = relabel("a", "1");
    loop.run();

    assertEquals(
        line("DELETED", before.withRevision(outside.revision())) + line("ADDED", inside),
        stream.take());
  }

  @Test
  void keepsQuietAboutWhatTheSelectorNeverSaw() {
    start(changesFromNow(), "k=9");

    create("a", "1");
    relabel("a", "2");
    loop.run();

    assertEquals("", stream.take());
  }

  @Test
  void waitsForAClientThatDoesNotRead() {
    start(changesFromNow(), "");
    stream.writable(false);
    StoredObject object = create("a", "1");
    loop.run();

    assertEquals("", stream.take());
    stream.writable(true);
    assertEquals(line("ADDED", object), stream.take());
  }

  @Test
  void givesUpAClientThatReadsNothingForTooLong() {
    start(changesFromNow(), "");
    stream.writable(false);
    create("a", "1");
    loop.run();

    loop.advance(31, TimeUnit.SECONDS);

    assertTrue(stream.aborted());
    assertEquals(0, open.count());
  }

  @Test
  void endsByItselfWhenItsTimeIsUp() {
    start(changesFromNow(), "");
    assertEquals(1, open.count());

    loop.advance(60, TimeUnit.SECONDS);

    assertTrue(stream.ended());
    assertEquals(0, open.count());
    assertEquals(0, loop.pendingTimers());
  }

  @Test
  void marksProgressNowAndThen() {
    WatchStream watch =
        watch(store, new WatchStart(revision(), List.of(), false, true, 600_000), "k=9");
    watch.start(stream);
    watch.progress(4711);

    loop.advance(61, TimeUnit.SECONDS);

    assertTrue(stream.take().contains("\"resourceVersion\":\"4711\""));
  }

  @Test
  void tellsThatTheVersionIsTooOldAndEnds() {
    ResourceStore compacted = new CompactedStore(store);
    watch(compacted, changesFrom(1), "").start(stream);

    assertEquals(
        "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\","
            + "\"metadata\":{},\"status\":\"Failure\",\"message\":\"old\",\"reason\":\"Expired\","
            + "\"code\":410}}\n",
        stream.take());
    assertTrue(stream.ended());
  }

  @Test
  void endsCleanlyWhenTheServerStops() {
    start(changesFromNow(), "");

    open.endAll();
    loop.run();

    assertTrue(stream.ended());
    assertFalse(stream.aborted());
  }

  @Test
  void forgetsAClientThatHasGone() {
    start(changesFromNow(), "");

    stream.clientGone();
    create("a", "1");
    loop.run();

    assertEquals("", stream.take());
    assertEquals(0, open.count());
  }

  private void start(WatchStart start, String labels) {
    watch(store, start, labels).start(stream);
  }

  private WatchStream watch(ResourceStore from, WatchStart start, String labels) {
    WatchScope scope =
        new WatchScope("configmaps", "w", LabelSelector.parse(labels), FieldSelector.EVERYTHING);
    return new WatchStream(
        from,
        scope,
        start,
        new JsonFrames(KIND),
        failure -> new Status(410, "Expired", "old", null),
        open,
        loop);
  }

  private WatchStart changesFromNow() {
    return changesFrom(revision());
  }

  private long revision() {
    return store.revision().toStage().toCompletableFuture().join();
  }

  private static WatchStart changesFrom(long revision) {
    return new WatchStart(revision, List.of(), false, false, 60_000);
  }

  private StoredObject create(String name, String label) {
    return store.create(key(name), draft(name, label)).toStage().toCompletableFuture().join();
  }

  private StoredObject relabel(String name, String label) {
    return store
        .update(key(name), Preconditions.NONE, was -> Change.replaceBy(draft(name, label)))
        .toStage()
        .toCompletableFuture()
        .join();
  }

  private static Key key(String name) {
    return new Key("configmaps", "w", name);
  }

  private static Draft draft(String name, String label) {
    String head = "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",";
    String json = head + "\"metadata\":{\"name\":\"" + name + "\",\"labels\":{\"k\":\"" + label;
    byte[] bytes = (json + "\"}}}").getBytes(StandardCharsets.UTF_8);
    return new Draft(
        bytes,
        bytes.length - 2,
        head.length() - 1,
        name,
        Map.of("k", label),
        Map.of("metadata.name", name));
  }

  private static String line(String type, StoredObject object) {
    return "{\"type\":\""
        + type
        + "\",\"object\":"
        + new String(object.json(), StandardCharsets.UTF_8)
        + "}\n";
  }
}
