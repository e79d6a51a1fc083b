package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusDetails;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.kinds.KindStrategy.Trait;
import dev.sallyport.store.Change;
import dev.sallyport.store.Draft;
import dev.sallyport.store.Key;
import dev.sallyport.store.Preconditions;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.StoredObject;
import java.util.List;
import java.util.Optional;

/**
 * Removes an object, or marks it when a finalizer, a grace period or a namespace's content still
 * holds it.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/">Finalizers</a>
 */
final class DeleteOperation {

  private static final int ATTEMPTS = 50;

  private final Backing backing;
  private final DeletionMark mark;

  DeleteOperation(Backing backing, DeletionMark mark) {
    this.backing = backing;
    this.mark = mark;
  }

  Answer<DeleteResult> run(ResourceCall call, DeleteOptions options) {
    NamespaceLifecycle.beforeDelete(call.resource(), call.name());
    return attempt(call, options, ATTEMPTS);
  }

  private Answer<DeleteResult> attempt(ResourceCall call, DeleteOptions options, int left) {
    Key key = call.key(call.name());
    return Answers.recover(
        () -> backing.store().get(key).then(found -> proceed(call, options, found)),
        failure -> {
          boolean lostRace =
              failure instanceof StoreException store
                  && store.kind() == StoreException.Kind.CONFLICT;
          if (lostRace && left > 1) {
            return attempt(call, options, left - 1);
          }
          throw StoreErrors.translated(failure, call.resource(), call.name());
        });
  }

  private Answer<DeleteResult> proceed(
      ResourceCall call, DeleteOptions options, Optional<StoredObject> found) {
    if (found.isEmpty()) {
      throw new StoreException(StoreException.Kind.NOT_FOUND, "no such object");
    }
    StoredObject current = found.get();
    return Kept.shown(call.resource(), current)
        .then(shown -> proceed(call, options, backing.codec().read(shown.json()), current));
  }

  /**
   * @param old the current state as the resource's rules see it
   */
  private Answer<DeleteResult> proceed(
      ResourceCall call, DeleteOptions options, ObjectNode old, StoredObject current) {
    return backing
        .admission()
        .admit(
            new Admission.Request(
                call.user(),
                Admission.Operation.DELETE,
                call.resource(),
                call.subresource(),
                call.namespace(),
                call.name(),
                null,
                old,
                options.dryRun()))
        .then(
            admitted -> {
              checkPreconditions(call.resource(), options, current);
              return delete(call, options, old, current);
            });
  }

  private static void checkPreconditions(
      ResourceDefinition resource, DeleteOptions options, StoredObject current) {
    String revision = String.valueOf(current.revision());
    String why = "";
    if (!options.uid().isEmpty() && !options.uid().equals(current.uid())) {
      why =
          "the UID in the precondition (%s) does not match the UID in record (%s). The object might"
                  .formatted(options.uid(), current.uid())
              + " have been deleted and then recreated";
    } else if (!options.resourceVersion().isEmpty()
        && !options.resourceVersion().equals(revision)) {
      why =
          "the ResourceVersion in the precondition (%s) does not match the ResourceVersion in record"
                  .formatted(options.resourceVersion())
              + " (%s). The object might have been modified".formatted(revision);
    }
    if (!why.isEmpty()) {
      // The kind stands where other conflicts name the resource: so it is recorded.
      throw new StatusException(
          Status.conflict(resource.group(), resource.kind().kind(), current.key().name(), why));
    }
  }

  private Answer<DeleteResult> delete(
      ResourceCall call, DeleteOptions options, ObjectNode old, StoredObject current) {
    ResourceDefinition resource = call.resource();
    KindStrategy strategy = backing.strategy(resource);
    ObjectNode marked = mark.apply(old, options, strategy);
    boolean gone = strategy.released(marked);
    ObjectNode next = ObjectRules.canonical(backing, resource, marked);
    return Kept.draft(backing, resource, next)
        .then(draft -> commit(resource, draft, gone, options.dryRun(), current));
  }

  private Answer<DeleteResult> commit(
      ResourceDefinition resource,
      Draft draft,
      boolean gone,
      boolean dryRun,
      StoredObject current) {
    if (!gone && current.isSameAs(draft)) {
      return Kept.shown(resource, current).map(shown -> result(resource, shown, false));
    }
    if (dryRun) {
      StoredObject last =
          gone ? current : StoredObject.of(current.key(), current.revision(), draft);
      return Kept.shown(resource, last).map(shown -> result(resource, shown, gone));
    }
    // What is removed at once keeps the state it had: watchers see no mark that never was.
    Change.Outcome outcome = gone ? new Change.Outcome(null, true) : Change.replaceBy(draft);
    return backing
        .store()
        .update(current.key(), new Preconditions(current.uid(), current.revision()), now -> outcome)
        .then(last -> Kept.shown(resource, last))
        .map(shown -> result(resource, shown, gone));
  }

  private DeleteResult result(ResourceDefinition resource, StoredObject shown, boolean gone) {
    StoredObject last = ObjectView.of(backing, resource).served(shown);
    KindStrategy strategy = backing.strategy(resource);
    if (!gone || strategy.traits().contains(Trait.ANSWERS_DELETED)) {
      return new DeleteResult.Object(200, last);
    }
    return new DeleteResult.Gone(
        new Status(
            200,
            "",
            "",
            new StatusDetails(
                last.key().name(), resource.group(), resource.plural(), last.uid(), List.of(), 0)));
  }
}
