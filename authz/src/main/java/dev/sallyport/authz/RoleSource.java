package dev.sallyport.authz;

/** Where roles and bindings come from: the store, or files. */
public interface RoleSource {

  /**
   * Tells the sink of all there is, within this call, and from then on of every change, in order. A
   * source that acknowledges writes tells the sink before it acknowledges, so that a right given or
   * taken is in force once its writer hears of it.
   */
  void follow(Sink sink);

  /**
   * Receives roles and bindings; {@code put} replaces what has the same namespace and name.
   * Implementations are quick, never block and may be called from any thread.
   */
  interface Sink {
    void putRole(Role role);

    /**
     * @param namespace "" for a ClusterRole
     */
    void removeRole(String namespace, String name);

    void putBinding(RoleBinding binding);

    /**
     * @param namespace "" for a ClusterRoleBinding
     */
    void removeBinding(String namespace, String name);
  }
}
