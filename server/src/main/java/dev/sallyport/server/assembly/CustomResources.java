package dev.sallyport.server.assembly;

import dev.sallyport.resources.catalogue.BuiltInCatalogue;
import dev.sallyport.resources.codec.BuiltInCodec;
import dev.sallyport.resources.custom.Definition;
import dev.sallyport.resources.custom.DefinitionTable;
import dev.sallyport.resources.custom.VersionConverter;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CustomResourceDefinitions as they stand in the store: what is established is served before the
 * write that established it is acknowledged. Schemas are compiled when they are first needed, so
 * that this is quick enough for the store's publishing thread.
 */
final class CustomResources {

  static final String COLLECTION = "apiextensions.k8s.io/customresourcedefinitions";

  private static final Logger log = LoggerFactory.getLogger(CustomResources.class);

  private final BuiltInCatalogue catalogue;
  private final DefinitionTable table;
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean loaded;

  /**
   * A definition's change.
   *
   * @param before null for a new one
   * @param after null for one that is gone
   */
  record Change(@Nullable Definition before, @Nullable Definition after) {

    Definition any() {
      Definition there = after == null ? before : after;
      if (there == null) {
        throw new IllegalStateException("a change of nothing");
      }
      return there;
    }

    /**
     * Whether objects are shown in another way than before. A definition that is deleted shows them
     * as it did until they are gone.
     */
    boolean redefines() {
      if (before == null || !before.established()) {
        return false;
      }
      return after == null
          || (!after.terminating() && !before.fingerprint().equals(after.fingerprint()));
    }
  }

  CustomResources(BuiltInCatalogue catalogue, BuiltInCodec codec, VersionConverter converter) {
    this.catalogue = catalogue;
    this.table = new DefinitionTable(catalogue, codec, converter);
  }

  /** Whether a group's kinds are this server's own, whatever is defined. */
  boolean builtIn(String group) {
    return catalogue.builtIn(group);
  }

  DefinitionTable table() {
    return table;
  }

  /** Tells of every change from now on, on the publishing thread. */
  void listen(Consumer<Change> listener) {
    listeners.add(listener);
  }

  /** Serves what the store holds, in this call, and follows it from then on. */
  void follow(ResourceStore store) {
    store.observe(COLLECTION, this::changed);
    loaded = true;
    table.serve();
  }

  private void changed(WatchEvent event) {
    Change change =
        event.type() == WatchEvent.Type.DELETED
            ? new Change(table.remove(event.object().key().name()), null)
            : put(event.object());
    if (change == null || (change.before() == null && change.after() == null)) {
      return;
    }
    if (loaded) {
      if (serves(change.before()) || serves(change.after())) {
        table.serve();
      }
      listeners.forEach(listener -> listener.accept(change));
    }
  }

  private @Nullable Change put(StoredObject source) {
    try {
      Definition before = table.put(source);
      return new Change(before, table.definition(source.key().name()));
    } catch (RuntimeException e) {
      log.error("The definition {} cannot be served", source.key().name(), e);
      return null;
    }
  }

  private static boolean serves(@Nullable Definition definition) {
    return definition != null && definition.established();
  }
}
