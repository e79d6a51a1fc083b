package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.ObjectCodec.Decoded;
import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.SchemaSource;
import dev.sallyport.resources.kinds.KindStrategies;
import dev.sallyport.resources.patch.PatchType;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoredObject;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the verbs mean, for every kind. Any thread; nothing blocks. Refusals are {@link
 * dev.sallyport.api.StatusException}s in the API's words, thrown or carried by the answer; what the
 * store refuses is translated in one place, {@link StoreErrors}.
 *
 * <p>Objects go in as bodies and come out as stored bytes. Every write notes in
 * metadata.managedFields which fields it made its own.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/">API concepts</a>
 */
public final class ResourceRegistry {

  private final Backing backing;
  private final ListOperation reads;
  private final CreateOperation creation;
  private final UpdateOperation updates;
  private final PatchOperation patches;
  private final DeleteOperation deletion;
  private final CollectionDeletion collections;
  private final WatchOperation watches;

  /**
   * @param admission has a say in every write
   * @param collected whether a garbage collector acts on the finalizers of cascading deletions
   */
  public ResourceRegistry(
      ResourceStore store,
      ObjectCodec codec,
      SchemaSource schemas,
      ResourceCatalogue catalogue,
      KindStrategies kinds,
      Admission admission,
      boolean collected,
      Clock clock) {
    this.backing = new Backing(store, codec, schemas, catalogue, kinds, admission, clock);
    NamespaceLifecycle namespaces = new NamespaceLifecycle(store);
    this.reads = new ListOperation(backing);
    Ownership ownership = new Ownership(backing);
    this.creation = new CreateOperation(backing, namespaces, ownership);
    this.updates = new UpdateOperation(backing, creation, ownership);
    this.patches = new PatchOperation(backing, updates, ownership);
    this.deletion = new DeleteOperation(backing, new DeletionMark(clock, collected));
    this.collections = new CollectionDeletion(reads, deletion);
    this.watches = new WatchOperation(backing, reads);
  }

  /** One object; its subresources status and finalize read the same. */
  public Answer<StoredObject> get(ResourceCall call) {
    return reads.get(call);
  }

  public Answer<ObjectList> list(ResourceCall call) {
    return reads.list(call, ListOptions.parse(call.query(), call.resource(), false, ""));
  }

  /** As {@link #list(ResourceCall)}, of what may be seen only. */
  public Answer<ObjectList> list(ResourceCall call, Seen seen) {
    return reads.list(call, ListOptions.parse(call.query(), call.resource(), false, ""), seen);
  }

  public Answer<WriteResult> create(ResourceCall call, Body body) {
    return creation.run(call, body);
  }

  /** As {@link #create}, for a canonical object of the server's own making; it is not changed. */
  public Answer<WriteResult> create(ResourceCall call, ObjectNode object) {
    WriteOptions options = WriteOptions.parse(call.query(), "CreateOptions");
    return creation.run(call, object.deepCopy(), false, options, List.of());
  }

  /**
   * Replaces an object or, by {@code call.subresource()}, its status or a namespace's finalizers.
   */
  public Answer<WriteResult> update(ResourceCall call, Body body) {
    WriteOptions options = WriteOptions.parse(call.query(), "UpdateOptions");
    Decoded decoded =
        backing
            .codec()
            .decode(
                body.format(),
                body.bytes(),
                ObjectView.of(backing, call).kind(),
                options.fieldValidation());
    body.listener().accept(decoded.object());
    return updates.run(
        new UpdateRequest(
            call,
            served -> decoded.object().deepCopy(),
            () -> decoded.object().deepCopy(),
            false,
            options,
            decoded.warnings()));
  }

  /**
   * Changes an object by a function of its current state, which may run several times; for the
   * server's own controllers.
   */
  public Answer<WriteResult> change(ResourceCall call, ObjectChange change) {
    WriteOptions options = WriteOptions.parse(call.query(), "UpdateOptions");
    return updates.run(new UpdateRequest(call, change::apply, null, false, options, List.of()));
  }

  /** See {@link #change}. */
  @FunctionalInterface
  public interface ObjectChange {
    /**
     * The next state.
     *
     * @param current not to be changed; copy it
     */
    ObjectNode apply(ObjectNode current);
  }

  public Answer<WriteResult> patch(ResourceCall call, PatchType type, byte[] document) {
    return patch(call, type, document, Body.UNSEEN);
  }

  /**
   * @param applied told the object of an apply patch, as {@link Body#listener} is
   */
  public Answer<WriteResult> patch(
      ResourceCall call, PatchType type, byte[] document, Consumer<ObjectNode> applied) {
    return patches.run(call, type, document, applied);
  }

  /**
   * @param body DeleteOptions, or {@link Body#NONE}
   */
  public Answer<DeleteResult> delete(ResourceCall call, Body body) {
    return deletion.run(call, DeleteOptions.parse(call, body, backing));
  }

  /** Deletes what the selectors pick and answers the objects as they were. */
  public Answer<ObjectList> deleteCollection(ResourceCall call, Body body) {
    ListOptions options = ListOptions.parse(call.query(), call.resource(), false, "");
    return collections.run(call, options, DeleteOptions.parse(call, body, backing));
  }

  /**
   * Prepares a watch: which objects to tell first, and behind which revision to follow the store.
   */
  public Answer<WatchPlan> watch(ResourceCall call) {
    return watches.plan(call, null);
  }

  /**
   * As {@link #watch(ResourceCall)}, of what may be seen only: initial objects are chosen, later
   * events are not.
   */
  public Answer<WatchPlan> watch(ResourceCall call, Seen seen) {
    return watches.plan(call, seen);
  }
}
