package dev.sallyport.store;

import static dev.sallyport.store.Objects.await;
import static dev.sallyport.store.Objects.draft;
import static dev.sallyport.store.Objects.key;
import static dev.sallyport.store.Objects.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sallyport.api.Answer;
import dev.sallyport.store.ResourceStore.ListOptions;
import dev.sallyport.store.ResourceStore.Listing;
import dev.sallyport.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Does random things to a store and to a plain map, and compares. Of one seed it always does the
 * same.
 */
public final class RandomisedModel {

  private static final String[] NAMESPACES = {"a", "team", "team-a"};

  private final Random random;
  private final TreeMap<Key, String> objects = new TreeMap<>();
  private ResourceStore store;

  /** The whole map as it was at each revision. */
  private final TreeMap<Long, Map<Key, String>> past = new TreeMap<>();

  public RandomisedModel(long seed, ResourceStore store) {
    this.random = new Random(seed);
    this.store = store;
    past.put(await(store.revision()), Map.of());
  }

  /** Goes on with a store that was opened again. */
  public void reopened(ResourceStore again) {
    store = again;
  }

  public void step() {
    Key key = key(NAMESPACES[random.nextInt(3)], "n" + random.nextInt(12));
    switch (random.nextInt(7)) {
      case 0, 1 -> create(key);
      case 2, 3 -> update(key);
      case 4 -> delete(key);
      case 5 -> comparePages();
      default -> compareWatch();
    }
  }

  private void create(Key key) {
    String value = "v" + random.nextInt(1_000);
    Kind expected = objects.containsKey(key) ? Kind.EXISTS : null;
    expect(expected, store.create(key, draft(key, value)), () -> objects.put(key, value));
  }

  private void update(Key key) {
    String value = "v" + random.nextInt(1_000);
    boolean stale = random.nextInt(4) == 0;
    Kind expected = objects.containsKey(key) ? (stale ? Kind.CONFLICT : null) : Kind.NOT_FOUND;
    Preconditions preconditions = stale ? new Preconditions("", 1) : Preconditions.NONE;
    if (value.equals(objects.get(key)) && !stale) {
      return; // would be no write at all
    }
    expect(
        expected,
        store.update(key, preconditions, current -> Change.replaceBy(draft(key, value))),
        () -> objects.put(key, value));
  }

  private void delete(Key key) {
    boolean otherUid = random.nextInt(4) == 0;
    Kind expected = objects.containsKey(key) ? (otherUid ? Kind.CONFLICT : null) : Kind.NOT_FOUND;
    Preconditions preconditions = otherUid ? new Preconditions("other", 0) : Preconditions.NONE;
    expect(expected, store.delete(key, preconditions), () -> objects.remove(key));
  }

  private void expect(@Nullable Kind refusal, Answer<StoredObject> answer, Runnable then) {
    try {
      StoredObject written = await(answer);
      assertNull(refusal);
      assertEquals(past.lastKey() + 1, written.revision());
      then.run();
      past.put(written.revision(), new TreeMap<>(objects));
    } catch (StoreException e) {
      assertEquals(refusal, e.kind(), e.getMessage());
    }
  }

  /** Reads all of a random revision in pages. */
  void comparePages() {
    List<Long> revisions = new ArrayList<>(past.keySet());
    long revision = revisions.get(random.nextInt(revisions.size()));
    String namespace = random.nextBoolean() ? "" : NAMESPACES[random.nextInt(3)];
    int limit = 1 + random.nextInt(5);
    Map<Key, String> expected = new TreeMap<>(past.getOrDefault(revision, Map.of()));
    expected.keySet().removeIf(key -> !namespace.isEmpty() && !namespace.equals(key.namespace()));
    Map<Key, String> read = new TreeMap<>();
    Key after = null;
    boolean more = true;
    while (more) {
      Listing page =
          await(store.list("configmaps", namespace, new ListOptions(revision, after, limit, null)));
      for (StoredObject object : page.objects()) {
        read.put(object.key(), value(object));
        after = object.key();
      }
      assertEquals(expected.size() - read.size(), page.remaining());
      more = page.more();
    }
    assertEquals(expected, read);
  }

  /** Follows a watch from a random revision over the objects as they were then. */
  void compareWatch() {
    List<Long> revisions = new ArrayList<>(past.keySet());
    long revision = revisions.get(random.nextInt(revisions.size()));
    Map<Key, String> followed = new TreeMap<>(past.getOrDefault(revision, Map.of()));
    RecordingSink sink = new RecordingSink();
    store.watch("configmaps", "", revision, sink).close();
    long told = revision;
    for (WatchEvent event : sink.rest()) {
      assertEquals(++told, event.revision());
      StoredObject previous = event.previous();
      String before = followed.get(event.object().key());
      assertEquals(before, previous == null ? null : value(previous));
      if (event.type() == WatchEvent.Type.DELETED) {
        followed.remove(event.object().key());
      } else {
        followed.put(event.object().key(), value(event.object()));
      }
      assertEquals(past.get(told), followed);
    }
    assertEquals(objects, followed);
  }
}
