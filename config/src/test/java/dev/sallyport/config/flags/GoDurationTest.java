package dev.sallyport.config.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GoDurationTest {

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "1m0s, PT1M",
    "300ms, PT0.3S",
    "1.5h, PT1H30M",
    "-2s, PT-2S",
    "+5s, PT5S",
    "1h2m3.5s, PT1H2M3.5S",
    ".5s, PT0.5S",
    "10us, PT0.00001S",
    "10µs, PT0.00001S",
    "7ns, PT0.000000007S"
  })
  void readsWhatGoReads(String text, Duration expected) {
    assertEquals(expected, GoDuration.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "5", "s", "1x", "1.2.3s", ".s", "1 s", "1m 2s", "9999999h"})
  void refusesWhatGoRefuses(String text) {
    assertThrows(IllegalArgumentException.class, () -> GoDuration.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT1M, 1m0s",
    "PT1H, 1h0m0s",
    "PT0.3S, 300ms",
    "PT0.0000015S, 1.5µs",
    "PT1M0.25S, 1m0.25s",
    "PT-2S, -2s"
  })
  void printsAsGoPrints(Duration time, String expected) {
    assertEquals(expected, GoDuration.format(time));
  }

  @Test
  void readsBackWhatItPrints() {
    Duration time = Duration.ofHours(49).plusSeconds(7).plusNanos(1_001);
    assertEquals(time, GoDuration.parse(GoDuration.format(time)));
  }
}
