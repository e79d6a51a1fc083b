package dev.sallyport.store;

/**
 * Where an object stands.
 *
 * @param collection all objects of one kind, such as configmaps or roles; the path kube-apiserver
 *     uses below its etcd prefix, which may itself hold one slash
 * @param namespace "" at cluster scope
 * @param name the object's name
 */
public record Key(String collection, String namespace, String name) implements Comparable<Key> {

  /**
   * The order in which lists answer: that of the paths {@code collection/namespace/name}, as etcd
   * and so kube-apiserver sort them. "team-a" therefore stands before "team", as '-' stands before
   * '/'.
   */
  @Override
  public int compareTo(Key other) {
    int byCollection = compareSegments(collection, other.collection);
    return byCollection != 0 ? byCollection : compareWithin(other.namespace, other.name);
  }

  /** Compares with the place of another object of the same collection. */
  public int compareWithin(String otherNamespace, String otherName) {
    int byNamespace = compareSegments(namespace, otherNamespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(otherName);
  }

  /** Compares as if a '/' followed either. */
  private static int compareSegments(String left, String right) {
    if (left.equals(right)) {
      return 0;
    }
    int shared = Math.min(left.length(), right.length());
    for (int i = 0; i < shared; i++) {
      int difference = left.charAt(i) - right.charAt(i);
      if (difference != 0) {
        return difference;
      }
    }
    return left.length() < right.length() ? '/' - right.charAt(shared) : left.charAt(shared) - '/';
  }

  @Override
  public String toString() {
    return "/" + collection + (namespace.isEmpty() ? "" : "/" + namespace) + "/" + name;
  }
}
