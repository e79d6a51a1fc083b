package dev.sallyport.proxy.balance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class SmoothRotationTest {

  @Test
  void sharesAreExactInEveryRound() {
    SmoothRotation rotation = new SmoothRotation(new int[] {5, 3, 2});
    for (int round = 0; round < 20; round++) {
      int[] counts = new int[3];
      for (int i = 0; i < 10; i++) {
        counts[rotation.next(index -> true)]++;
      }
      assertArrayEquals(new int[] {5, 3, 2}, counts);
    }
  }

  @Test
  void theHeavyOneDoesNotGetAllItsTurnsAtOnce() {
    SmoothRotation rotation = new SmoothRotation(new int[] {5, 1, 1});
    StringBuilder order = new StringBuilder();
    for (int i = 0; i < 7; i++) {
      order.append((char) ('a' + rotation.next(index -> true)));
    }
    assertEquals("aabacaa", order.toString());
  }

  @Test
  void whoIsNotEligibleIsLeftOutAndTheOthersKeepTheirShares() {
    SmoothRotation rotation = new SmoothRotation(new int[] {5, 3, 1});
    int[] counts = new int[3];
    for (int i = 0; i < 400; i++) {
      counts[rotation.next(index -> index != 0)]++;
    }
    assertArrayEquals(new int[] {0, 300, 100}, counts);
    assertEquals(-1, rotation.next(index -> false));
  }
}
