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

  @Override
  public int compareTo(Key other) {
    int byCollection = collection.compareTo(other.collection);
    if (byCollection != 0) {
      return byCollection;
    }
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return "/" + collection + (namespace.isEmpty() ? "" : "/" + namespace) + "/" + name;
  }
}
