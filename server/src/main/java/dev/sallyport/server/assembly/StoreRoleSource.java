package dev.sallyport.server.assembly;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.authz.RoleSource;
import dev.sallyport.authz.objects.RbacObjects;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.WatchEvent;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Roles and bindings as they stand in the store. The store tells its observers of a write before it
 * acknowledges it, so a right is in force, or gone, once its writer hears of it.
 */
final class StoreRoleSource implements RoleSource {

  private final ResourceStore store;
  private final ObjectCodec codec;

  StoreRoleSource(ResourceStore store, ObjectCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  @Override
  public void follow(Sink sink) {
    // Roles before bindings: what a binding refers to is then known already.
    follow("clusterroles", tree -> sink.putRole(RbacObjects.role(tree)), sink::removeRole);
    follow("roles", tree -> sink.putRole(RbacObjects.role(tree)), sink::removeRole);
    follow(
        "clusterrolebindings",
        tree -> sink.putBinding(RbacObjects.binding(tree)),
        sink::removeBinding);
    follow("rolebindings", tree -> sink.putBinding(RbacObjects.binding(tree)), sink::removeBinding);
  }

  private void follow(
      String collection, Consumer<ObjectNode> put, BiConsumer<String, String> remove) {
    store.observe(
        collection,
        event -> {
          if (event.type() == WatchEvent.Type.DELETED) {
            remove.accept(event.object().key().namespace(), event.object().key().name());
          } else {
            put.accept(codec.read(event.object().json()));
          }
        });
  }
}
