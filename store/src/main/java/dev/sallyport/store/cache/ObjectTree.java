package dev.sallyport.store.cache;

import dev.sallyport.store.Key;
import dev.sallyport.store.StoredObject;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one collection in key order, persistent: a change makes a new tree that shares all
 * but one path with the old one, so that a reader's tree stands still while others write. Balanced
 * by weight, which counts the objects behind any key in one descent.
 *
 * <p>Immutable, for any thread.
 *
 * @see <a href="https://doi.org/10.1017/S0956796811000104">Hirai, Yamamoto: Balancing
 *     weight-balanced trees</a>, whose pair (3, 2) is used
 */
public final class ObjectTree {

  public static final ObjectTree EMPTY = new ObjectTree(null);

  private final @Nullable TreeNode root;

  private ObjectTree(@Nullable TreeNode root) {
    this.root = root;
  }

  /** A tree of objects that stand in key order, each key once. */
  public static ObjectTree ofSorted(List<StoredObject> objects) {
    return new ObjectTree(TreeNode.ofSorted(objects, 0, objects.size()));
  }

  public int size() {
    return TreeNode.size(root);
  }

  /** The longest way from the root, for tests of the balance. */
  int height() {
    return TreeNode.height(root);
  }

  public @Nullable StoredObject get(String namespace, String name) {
    TreeNode node = root;
    while (node != null) {
      int order = node.object().key().compareWithin(namespace, name);
      if (order == 0) {
        return node.object();
      }
      node = order > 0 ? node.left() : node.right();
    }
    return null;
  }

  /** With the object, in place of the one of its key if there is one. */
  public ObjectTree with(StoredObject object) {
    return new ObjectTree(TreeNode.with(root, object));
  }

  /** Without the key, which may be absent. */
  public ObjectTree without(Key key) {
    return new ObjectTree(TreeNode.without(root, key));
  }

  /** How many objects stand at or before this place. */
  public int countUpTo(String namespace, String name) {
    int count = 0;
    TreeNode node = root;
    while (node != null) {
      if (node.object().key().compareWithin(namespace, name) > 0) {
        node = node.left();
      } else {
        count += 1 + TreeNode.size(node.left());
        node = node.right();
      }
    }
    return count;
  }

  /** How many objects the namespace and those before it hold. */
  public int countThrough(String namespace) {
    int count = 0;
    TreeNode node = root;
    while (node != null) {
      // With the same name on both sides only the namespaces decide.
      Key key = node.object().key();
      if (key.compareWithin(namespace, key.name()) > 0) {
        node = node.left();
      } else {
        count += 1 + TreeNode.size(node.left());
        node = node.right();
      }
    }
    return count;
  }

  /** Visits all objects in order for as long as the visitor answers true. */
  public void visit(Predicate<StoredObject> visitor) {
    TreeNode.visitAll(root, visitor);
  }

  /** Visits in order what stands behind the place for as long as the visitor answers true. */
  public void visitBehind(String namespace, String name, Predicate<StoredObject> visitor) {
    TreeNode.visitBehind(root, namespace, name, visitor);
  }
}
