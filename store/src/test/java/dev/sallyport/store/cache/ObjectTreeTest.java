package dev.sallyport.store.cache;

import static dev.sallyport.store.Objects.draft;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.store.Key;
import dev.sallyport.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectTreeTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithASortedMap(long seed) {
    Random random = new Random(seed);
    TreeMap<Key, StoredObject> model = new TreeMap<>();
    ObjectTree tree = ObjectTree.EMPTY;
    for (int step = 0; step < 4_000; step++) {
      Key key = randomKey(random);
      if (random.nextInt(5) < 3) {
        StoredObject object = StoredObject.of(key, step + 1, draft(key, "x"));
        model.put(key, object);
        tree = tree.with(object);
      } else {
        model.remove(key);
        tree = tree.without(key);
      }
      if (step % 97 == 0) {
        assertAgree(model, tree, randomKey(random));
      }
    }
    assertAgree(model, tree, randomKey(random));
    assertAgree(model, ObjectTree.ofSorted(new ArrayList<>(model.values())), randomKey(random));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void staysFlatWhenKeysComeInOrder(int direction) {
    ObjectTree tree = ObjectTree.EMPTY;
    for (int i = 0; i < 20_000; i++) {
      Key key = new Key("configmaps", "a", "n" + (50_000 + direction * i));
      tree = tree.with(StoredObject.of(key, 1, draft(key, "x")));
    }

    assertTrue(tree.height() <= 2 * 15, "height " + tree.height());
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void oldTreesStandStill(long seed) {
    Random random = new Random(seed);
    ObjectTree tree = ObjectTree.EMPTY;
    for (int i = 0; i < 500; i++) {
      Key key = randomKey(random);
      tree = tree.with(StoredObject.of(key, i + 1, draft(key, "x")));
    }
    List<StoredObject> before = all(tree);
    ObjectTree later = tree;
    for (int i = 0; i < 500; i++) {
      later = later.without(randomKey(random));
    }

    assertEquals(before, all(tree));
    assertTrue(later.size() < tree.size());
  }

  private static void assertAgree(TreeMap<Key, StoredObject> model, ObjectTree tree, Key probe) {
    assertEquals(model.size(), tree.size());
    assertEquals(new ArrayList<>(model.values()), all(tree));
    StoredObject expected = model.get(probe);
    if (expected == null) {
      assertNull(tree.get(probe.namespace(), probe.name()));
    } else {
      assertSame(expected, tree.get(probe.namespace(), probe.name()));
    }
    assertEquals(
        model.headMap(probe, true).size(), tree.countUpTo(probe.namespace(), probe.name()));
    List<StoredObject> behind = new ArrayList<>();
    tree.visitBehind(probe.namespace(), probe.name(), behind::add);
    assertEquals(new ArrayList<>(model.tailMap(probe, false).values()), behind);
    Key endOfNamespace = new Key(probe.collection(), probe.namespace(), "~");
    assertEquals(model.headMap(endOfNamespace, true).size(), tree.countThrough(probe.namespace()));
  }

  private static List<StoredObject> all(ObjectTree tree) {
    List<StoredObject> all = new ArrayList<>();
    tree.visit(all::add);
    return all;
  }

  private static Key randomKey(Random random) {
    String[] namespaces = {"team", "team-a", "tea", "zoo", "a"};
    return new Key(
        "configmaps", namespaces[random.nextInt(namespaces.length)], "n" + random.nextInt(150));
  }
}
