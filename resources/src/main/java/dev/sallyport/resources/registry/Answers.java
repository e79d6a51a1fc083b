package dev.sallyport.resources.registry;

import dev.sallyport.api.Answer;
import dev.sallyport.resources.kinds.Claim;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** What chains of answers need beside {@code then} and {@code map}. */
final class Answers {

  private Answers() {}

  /** What the call answers; then, or when it fails, the claim that was made for it is settled. */
  static <T> Answer<T> settled(Supplier<Answer<T>> call, Claim claim) {
    if (claim == Claim.NOTHING) {
      return call.get();
    }
    return recover(
        () ->
            call.get()
                .map(
                    value -> {
                      claim.settle(true);
                      return value;
                    }),
        failure -> {
          claim.settle(false);
          throw failure instanceof RuntimeException known
              ? known
              : new IllegalStateException(failure);
        });
  }

  /**
   * What the call answers or, when it fails now or later, what the function makes of the failure.
   */
  static <T> Answer<T> recover(Supplier<Answer<T>> call, Function<Throwable, Answer<T>> otherwise) {
    Answer<T> answer;
    try {
      answer = call.get();
    } catch (RuntimeException e) {
      return otherwise.apply(e);
    }
    if (answer instanceof Answer.Now<T>) {
      return answer;
    }
    CompletionStage<T> stage =
        answer
            .toStage()
            .handle(
                (value, failure) ->
                    failure == null
                        ? CompletableFuture.completedFuture(value)
                        : otherwise.apply(Answer.unwrap(failure)).toStage())
            .thenCompose(Function.identity());
    return Answer.later(stage);
  }
}
