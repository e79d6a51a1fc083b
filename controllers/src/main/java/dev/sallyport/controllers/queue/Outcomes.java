package dev.sallyport.controllers.queue;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Reason;
import dev.sallyport.api.StatusException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What answers to writes mean to a controller. */
public final class Outcomes {
  private Outcomes() {}

  /**
   * True when the write is done, or need not be: somebody else made the object (409 AlreadyExists),
   * or it or its namespace is gone or going (404, 403).
   */
  public static Answer<Boolean> settled(Supplier<? extends Answer<?>> write) {
    Answer<?> answer;
    try {
      answer = write.get();
    } catch (StatusException refusal) {
      answer = Answer.failed(refusal);
    }
    if (answer instanceof Answer.Now<?>) {
      return Answer.now(true);
    }
    return Answer.later(
        answer
            .toStage()
            .<Boolean>thenApply(done -> true)
            .exceptionallyCompose(
                failure ->
                    needless(Answer.unwrap(failure))
                        ? CompletableFuture.completedFuture(true)
                        : CompletableFuture.failedFuture(failure)));
  }

  private static boolean needless(Throwable failure) {
    return failure instanceof StatusException refusal
        && (Set.of(403, 404).contains(refusal.status().code())
            || refusal.status().reason().equals(Reason.ALREADY_EXISTS));
  }
}
