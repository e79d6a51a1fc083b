package dev.sallyport.server.endpoint.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.server.http.ManualLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class WatchRoundsTest {

  private final ManualLoop loop = new ManualLoop();
  private final List<String> written = new ArrayList<>();
  private long now;
  private final WatchRounds rounds = new WatchRounds(loop, () -> now);

  @Test
  void aFirstEventGoesOutAtOnce() {
    rounds.join(() -> written.add("a"));

    loop.run();

    assertEquals(List.of("a"), written);
  }

  @Test
  void afterARoundTheNextOneWaitsTenTimesAsLong() {
    rounds.join(() -> now += millis(2));
    loop.run();

    rounds.join(() -> written.add("b"));
    rounds.join(() -> written.add("c"));
    pass(19);
    assertEquals(List.of(), written);
    pass(1);
    assertEquals(List.of("b", "c"), written);
  }

  @Test
  void noRestIsLongerThanFiftyMilliseconds() {
    rounds.join(() -> now += millis(900));
    loop.run();

    rounds.join(() -> written.add("d"));
    pass(50);

    assertEquals(List.of("d"), written);
  }

  @Test
  void whoJoinsDuringARoundIsInTheNext() {
    rounds.join(
        () -> {
          now += millis(1);
          rounds.join(() -> written.add("next"));
        });

    loop.run();
    assertEquals(List.of(), written);
    pass(10);
    assertEquals(List.of("next"), written);
  }

  @Test
  void oneThatFailsTakesNoOtherWithIt() {
    rounds.join(
        () -> {
          throw new IllegalStateException("meant to");
        });
    rounds.join(() -> written.add("e"));

    loop.run();

    assertEquals(List.of("e"), written);
  }

  private void pass(long millis) {
    now += millis(millis);
    loop.advance(millis, TimeUnit.MILLISECONDS);
  }

  private static long millis(long count) {
    return TimeUnit.MILLISECONDS.toNanos(count);
  }
}
