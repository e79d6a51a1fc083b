package dev.sallyport.store.cache;

import dev.sallyport.store.Key;
import dev.sallyport.store.StoredObject;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A node of {@link ObjectTree}; null is the empty tree. */
final class TreeNode {

  /** A side may be that many times as heavy as the other. */
  private static final int DELTA = 3;

  /** Below that ratio of the heavy side's children one rotation is enough. */
  private static final int RATIO = 2;

  private final StoredObject object;
  private final @Nullable TreeNode left;
  private final @Nullable TreeNode right;
  private final int size;

  private TreeNode(StoredObject object, @Nullable TreeNode left, @Nullable TreeNode right) {
    this.object = object;
    this.left = left;
    this.right = right;
    this.size = 1 + size(left) + size(right);
  }

  StoredObject object() {
    return object;
  }

  @Nullable TreeNode left() {
    return left;
  }

  @Nullable TreeNode right() {
    return right;
  }

  static int size(@Nullable TreeNode node) {
    return node == null ? 0 : node.size;
  }

  static int height(@Nullable TreeNode node) {
    return node == null ? 0 : 1 + Math.max(height(node.left), height(node.right));
  }

  static @Nullable TreeNode ofSorted(List<StoredObject> objects, int from, int to) {
    if (from == to) {
      return null;
    }
    int middle = (from + to) >>> 1;
    return new TreeNode(
        objects.get(middle), ofSorted(objects, from, middle), ofSorted(objects, middle + 1, to));
  }

  static TreeNode with(@Nullable TreeNode node, StoredObject added) {
    if (node == null) {
      return new TreeNode(added, null, null);
    }
    Key key = added.key();
    int order = node.object.key().compareWithin(key.namespace(), key.name());
    if (order == 0) {
      return new TreeNode(added, node.left, node.right);
    }
    return order > 0
        ? balanced(node.object, with(node.left, added), node.right)
        : balanced(node.object, node.left, with(node.right, added));
  }

  static @Nullable TreeNode without(@Nullable TreeNode node, Key key) {
    if (node == null) {
      return null;
    }
    int order = node.object.key().compareWithin(key.namespace(), key.name());
    if (order == 0) {
      return joined(node.left, node.right);
    }
    return order > 0
        ? balanced(node.object, without(node.left, key), node.right)
        : balanced(node.object, node.left, without(node.right, key));
  }

  /** One tree of two that were siblings. */
  private static @Nullable TreeNode joined(@Nullable TreeNode left, @Nullable TreeNode right) {
    if (left == null) {
      return right;
    }
    if (right == null) {
      return left;
    }
    if (left.size > right.size) {
      StoredObject last = last(left);
      return balanced(last, without(left, last.key()), right);
    }
    StoredObject first = first(right);
    return balanced(first, left, without(right, first.key()));
  }

  private static StoredObject first(TreeNode node) {
    TreeNode first = node;
    while (first.left != null) {
      first = first.left;
    }
    return first.object;
  }

  private static StoredObject last(TreeNode node) {
    TreeNode last = node;
    while (last.right != null) {
      last = last.right;
    }
    return last.object;
  }

  /** A node of subtrees that were in balance before one of them gained or lost one object. */
  private static TreeNode balanced(
      StoredObject object, @Nullable TreeNode left, @Nullable TreeNode right) {
    int leftWeight = size(left) + 1;
    int rightWeight = size(right) + 1;
    if (right != null && rightWeight > DELTA * leftWeight) {
      return rotatedLeft(object, left, right);
    }
    if (left != null && leftWeight > DELTA * rightWeight) {
      return rotatedRight(object, left, right);
    }
    return new TreeNode(object, left, right);
  }

  private static TreeNode rotatedLeft(
      StoredObject object, @Nullable TreeNode left, TreeNode right) {
    TreeNode inner = right.left;
    if (inner == null || size(inner) + 1 < RATIO * (size(right.right) + 1)) {
      return new TreeNode(right.object, new TreeNode(object, left, inner), right.right);
    }
    return new TreeNode(
        inner.object,
        new TreeNode(object, left, inner.left),
        new TreeNode(right.object, inner.right, right.right));
  }

  private static TreeNode rotatedRight(
      StoredObject object, TreeNode left, @Nullable TreeNode right) {
    TreeNode inner = left.right;
    if (inner == null || size(inner) + 1 < RATIO * (size(left.left) + 1)) {
      return new TreeNode(left.object, left.left, new TreeNode(object, inner, right));
    }
    return new TreeNode(
        inner.object,
        new TreeNode(left.object, left.left, inner.left),
        new TreeNode(object, inner.right, right));
  }

  /** False as soon as the visitor said so. */
  static boolean visitAll(@Nullable TreeNode node, Predicate<StoredObject> visitor) {
    return node == null
        || (visitAll(node.left, visitor)
            && visitor.test(node.object)
            && visitAll(node.right, visitor));
  }

  static boolean visitBehind(
      @Nullable TreeNode node, String namespace, String name, Predicate<StoredObject> visitor) {
    if (node == null) {
      return true;
    }
    if (node.object.key().compareWithin(namespace, name) <= 0) {
      return visitBehind(node.right, namespace, name, visitor);
    }
    // Whatever stands right of this node is behind the place too.
    return visitBehind(node.left, namespace, name, visitor)
        && visitor.test(node.object)
        && visitAll(node.right, visitor);
  }
}
