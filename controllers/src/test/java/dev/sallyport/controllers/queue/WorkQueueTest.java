package dev.sallyport.controllers.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.api.Answer;
import dev.sallyport.controllers.Later;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private final Later executor = new Later();
  private final Later pause = new Later();
  private final List<String> seen = new ArrayList<>();
  private Answer<Boolean> answer = Answer.now(true);
  private final WorkQueue queue =
      new WorkQueue(
          "Testing",
          executor,
          pause,
          key -> {
            seen.add(key);
            return answer;
          });

  @Test
  void looksAfterAKeyOnceForSeveralReasons() {
    queue.add("a");
    queue.add("b");
    queue.add("a");
    executor.runOnce();
    executor.runOnce();
    assertEquals(List.of("a", "b"), seen);
    queue.add("a");
    executor.runOnce();
    assertEquals(List.of("a", "b", "a"), seen);
  }

  @Test
  void looksAgainWhenAKeyIsAddedWhileItIsLookedAfter() {
    CompletableFuture<Boolean> running = new CompletableFuture<>();
    answer = Answer.later(running);
    queue.add("a");
    executor.runOnce();
    queue.add("a");
    queue.add("a");
    executor.runOnce();
    assertEquals(List.of("a"), seen, "never twice at a time");
    answer = Answer.now(true);
    running.complete(true);
    executor.runOnce();
    executor.runOnce();
    assertEquals(List.of("a", "a"), seen);
  }

  @Test
  void triesAgainAfterAPauseWhenItFailsOrIsNotDone() {
    answer = Answer.failed(new IllegalStateException("broken"));
    queue.add("a");
    executor.runOnce();
    assertEquals(0, executor.size());
    answer = Answer.now(false);
    pause.runOnce();
    answer = Answer.now(true);
    pause.runOnce();
    pause.runOnce();
    assertEquals(List.of("a", "a", "a"), seen);
  }

  @Test
  void survivesAReconcilerThatThrows() {
    List<String> calls = new ArrayList<>();
    WorkQueue throwing =
        new WorkQueue(
            "Throwing",
            executor,
            pause,
            key -> {
              calls.add(key);
              throw new IllegalStateException("thrown");
            });
    throwing.add("a");
    executor.runOnce();
    pause.runOnce();
    assertEquals(List.of("a", "a"), calls);
  }
}
