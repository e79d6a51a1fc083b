package dev.sallyport.controllers.election;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.controllers.Later;
import java.util.ArrayList;
import java.util.List;
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
