package dev.sallyport.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class HeapGrowthTest {

  private static final long MEBIBYTE = 1 << 20;

  private long committed = 32 * MEBIBYTE;
  private long needed = 40 * MEBIBYTE;
  private int collections;
  private final HeapGrowth growth =
      new HeapGrowth(
          () -> committed,
          () -> {
            collections++;
            committed = needed;
          });

  @Test
  void aHeapThatGrowsALittleIsLeftAlone() {
    committed = 112 * MEBIBYTE;

    growth.look();

    assertEquals(0, collections);
  }

  @Test
  void aDoubledHeapIsCollectedOnce() {
    committed = 113 * MEBIBYTE;

    growth.look();
    growth.look();

    assertEquals(1, collections);
  }

  @Test
  void aHeapThatIsNeededIsNotCollectedAgainAndAgain() {
    committed = 600 * MEBIBYTE;
    needed = 600 * MEBIBYTE;
    growth.look();

    committed = 1200 * MEBIBYTE;
    growth.look();
    assertEquals(1, collections);

    committed = 1300 * MEBIBYTE;
    growth.look();
    assertEquals(2, collections);
  }
}
