package dev.sallyport.server.sight;

/**
 * The kind that is looked at.
 *
 * @param scope what a binding of a namespace shows of it
 */
record SightedKind(String group, String resource, Scope scope) {

  /** Where its objects stand. */
  enum Scope {
    /** In namespaces. */
    NAMESPACED,
    /** They are the namespaces: a binding of a namespace shows that one. */
    NAMESPACE,
    /** At cluster scope: a binding of a namespace shows nothing. */
    CLUSTER
  }

  /** Whose bindings show an object. */
  String place(String namespace, String name) {
    return scope == Scope.NAMESPACE ? name : namespace;
  }
}
