package dev.sallyport.store.publish;

import dev.sallyport.store.Change;
import dev.sallyport.store.Draft;
import dev.sallyport.store.Key;
import dev.sallyport.store.Preconditions;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A write on its way: a rule what becomes of the state it meets, and who waits for the answer. */
abstract class PendingWrite {

  private final Key key;
  private final CompletableFuture<StoredObject> answer = new CompletableFuture<>();
  private @Nullable StoredObject result;
  private @Nullable Throwable failure;

  private PendingWrite(Key key) {
    this.key = key;
  }

  Key key() {
    return key;
  }

  CompletableFuture<StoredObject> answer() {
    return answer;
  }

  /**
   * What the write does to the state it meets; null when it changes nothing, with the result then
   * set. What it throws fails the write.
   */
  abstract Journal.@Nullable Entry decide(@Nullable StoredObject current, long revision);

  void succeed(StoredObject state) {
    result = state;
  }

  void fail(Throwable cause) {
    failure = cause;
  }

  /** Tells the waiting caller what was decided. */
  void complete() {
    if (failure != null) {
      answer.completeExceptionally(failure);
    } else {
      answer.complete(result);
    }
  }

  /** See {@link dev.sallyport.store.ResourceStore#create}. */
  static final class Create extends PendingWrite {
    private final Draft draft;

    Create(Key key, Draft draft) {
      super(key);
      this.draft = draft;
    }

    @Override
    Journal.Entry decide(@Nullable StoredObject current, long revision) {
      if (current != null) {
        throw exists(current);
      }
      StoredObject state = StoredObject.of(key(), revision, draft);
      succeed(state);
      return new Journal.Entry(new WatchEvent(WatchEvent.Type.ADDED, state, null), draft.json());
    }

    static StoreException exists(StoredObject current) {
      return new StoreException(
          StoreException.Kind.EXISTS, current.key() + " exists", current.revision(), current);
    }
  }

  /** See {@link dev.sallyport.store.ResourceStore#update}. */
  static final class Update extends PendingWrite {
    private final Preconditions preconditions;
    private final Change change;
    private final StoredObject seen;
    private final Change.Outcome outcome;

    /**
     * @param outcome what the change made of the state that was seen
     */
    Update(Preconditions preconditions, Change change, StoredObject seen, Change.Outcome outcome) {
      super(seen.key());
      this.preconditions = preconditions;
      this.change = change;
      this.seen = seen;
      this.outcome = outcome;
    }

    @Override
    @SuppressWarnings(
        "ReferenceEquality") // every write makes a new object: the same one is no race
    Journal.@Nullable Entry decide(@Nullable StoredObject current, long revision) {
      if (current == null) {
        throw notFound(key());
      }
      requireHolds(preconditions, current);
      // A lost race is run again right here: there is no second race to lose.
      Change.Outcome next = current == seen ? outcome : change.apply(current);
      if (changesNothing(next, current)) {
        succeed(current);
        return null;
      }
      return next.delete()
          ? removal(current, next.draft(), revision)
          : change(current, next, revision);
    }

    private Journal.Entry change(StoredObject current, Change.Outcome next, long revision) {
      Draft draft = draftOf(next);
      StoredObject state = StoredObject.of(key(), revision, draft);
      succeed(state);
      return new Journal.Entry(
          new WatchEvent(WatchEvent.Type.MODIFIED, state, current), draft.json());
    }

    private Journal.Entry removal(StoredObject current, @Nullable Draft last, long revision) {
      StoredObject state =
          last == null ? current.withRevision(revision) : StoredObject.of(key(), revision, last);
      succeed(state);
      return new Journal.Entry(
          new WatchEvent(WatchEvent.Type.DELETED, state, current),
          last == null ? current.jsonWithoutRevision() : last.json());
    }

    static boolean changesNothing(Change.Outcome outcome, StoredObject current) {
      if (outcome.delete()) {
        return false;
      }
      Draft draft = outcome.draft();
      return draft == null || current.isSameAs(draft);
    }

    private static Draft draftOf(Change.Outcome outcome) {
      Draft draft = outcome.draft();
      if (draft == null) {
        throw new IllegalStateException("a change without a draft");
      }
      return draft;
    }

    static StoreException notFound(Key key) {
      return new StoreException(StoreException.Kind.NOT_FOUND, key + " not found");
    }

    static void requireHolds(Preconditions wanted, StoredObject current) {
      if (!wanted.uid().isEmpty() && !wanted.uid().equals(current.uid())) {
        throw conflict(
            current, "uid " + wanted.uid() + " was asked for, but it is " + current.uid());
      }
      if (wanted.revision() != 0 && wanted.revision() != current.revision()) {
        throw conflict(
            current,
            "revision " + wanted.revision() + " was asked for, but it is " + current.revision());
      }
    }

    private static StoreException conflict(StoredObject current, String difference) {
      return new StoreException(
          StoreException.Kind.CONFLICT,
          current.key() + ": " + difference,
          current.revision(),
          current);
    }
  }
}
