package dev.sallyport.controllers.election;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.controllers.Later;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class GatedExecutorTest {
  private final Later workers = new Later();
  private final GatedExecutor gate = new GatedExecutor(workers, 2);
  private final List<Integer> done = new ArrayList<>();

  private void runAll() {
    while (workers.size() > 0) {
      workers.runOnce();
    }
  }

  @Test
  void keepsTasksUntilItIsOpenedAndRunsThemInOrder() {
    for (int i = 0; i < 5; i++) {
      int task = i;
      gate.execute(() -> done.add(task));
    }
    runAll();
    assertEquals(List.of(), done);
    gate.open();
    assertEquals(2, workers.size(), "no more threads than allowed");
    runAll();
    assertEquals(List.of(0, 1, 2, 3, 4), done);
  }

  @Test
  void keepsWhatHasNotBegunWhenItIsShut() {
    gate.open();
    gate.execute(() -> done.add(1));
    gate.shut();
    runAll();
    assertEquals(List.of(), done);
    gate.open();
    runAll();
    assertEquals(List.of(1), done);
  }

  @Test
  void losesNothingWhenTheThreadsTakeNoMore() throws InterruptedException {
    AtomicBoolean full = new AtomicBoolean(true);
    CountDownLatch ran = new CountDownLatch(3);
    GatedExecutor patient =
        new GatedExecutor(
            task -> {
              if (full.getAndSet(false)) {
                throw new RejectedExecutionException("full");
              }
              task.run();
            },
            1);
    patient.open();
    patient.execute(ran::countDown); // refused, tried again later
    patient.execute(ran::countDown);
    patient.execute(ran::countDown);
    assertTrue(ran.await(30, TimeUnit.SECONDS));
  }

  @Test
  void goesOnAfterATaskThatFails() {
    gate.open();
    gate.execute(
        () -> {
          throw new IllegalStateException("broken");
        });
    gate.execute(() -> done.add(1));
    gate.execute(() -> done.add(2));
    while (workers.size() > 0) {
      try {
        workers.runOnce();
      } catch (IllegalStateException expected) {
        done.add(-1);
      }
    }
    assertEquals(List.of(-1, 1, 2), done);
  }
}
