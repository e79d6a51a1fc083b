package dev.sallyport.resources.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTest {

  @ParameterizedTest
  @CsvSource({
    "-5, <invalid>",
    "-1, 0s",
    "0, 0s",
    "119, 119s",
    "120, 2m",
    "330, 5m30s",
    "601, 10m",
    "10799, 179m",
    "10800, 3h",
    "12000, 3h20m",
    "28800, 8h",
    "172799, 47h",
    "172800, 2d",
    "176400, 2d1h",
    "691200, 8d",
    "63072000, 2y",
    "71712000, 2y100d",
    "252288000, 8y"
  })
  void keepsAsMuchAsAPersonWants(long seconds, String text) {
    assertEquals(text, Age.of(seconds));
  }
}
