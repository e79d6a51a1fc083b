package dev.sallyport.resources.registry;

import dev.sallyport.api.Answer;
import dev.sallyport.store.StoreException;

/**
 * Changes an object: reads it, makes the next state, asks admission, checks the rules and writes
 * under the condition that nobody was faster; else all of it again.
 */
final class UpdateOperation {

  /** Enough to win against any writer that is not a loop itself. */
  private static final int ATTEMPTS = 50;

  private final Backing backing;
  private final CreateOperation creation;
  private final Ownership ownership;

  UpdateOperation(Backing backing, CreateOperation creation, Ownership ownership) {
    this.backing = backing;
    this.creation = creation;
    this.ownership = ownership;
  }

  Answer<WriteResult> run(UpdateRequest request) {
    return attempt(new UpdateAttempt(backing, creation, ownership, request), ATTEMPTS);
  }

  private Answer<WriteResult> attempt(UpdateAttempt attempt, int left) {
    ResourceCall call = attempt.request().call();
    return Answers.recover(
        () -> backing.store().get(call.key(call.name())).then(attempt::proceed),
        failure -> {
          if (left > 1 && lostRace(failure)) {
            return attempt(attempt, left - 1);
          }
          throw StoreErrors.translated(failure, call.resource(), call.name());
        });
  }

  private static boolean lostRace(Throwable failure) {
    return failure instanceof StoreException store
        && (store.kind() == StoreException.Kind.CONFLICT
            || store.kind() == StoreException.Kind.NOT_FOUND);
  }
}
