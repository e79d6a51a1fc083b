package dev.sallyport.config.routes;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {

  @ParameterizedTest
  @CsvSource({
    "/metrics,/metrics",
    "/api/v1/label/*/values,/api/v1/label/job/values",
    "/*,/metrics",
    "/a*c,/abbbc",
    "/a*c,/ac",
    "/*x*y,/axbxcy",
    "/[a-c]?,/bz",
    "/[^a-c],/d",
    "/\\*,/*",
    "/[\\]],/]",
    "/é,/é",
    "*,''"
  })
  void matchesAsGosPathMatch(String pattern, String path) {
    assertTrue(PathPattern.parse(pattern).matches(path));
  }

  @ParameterizedTest
  @CsvSource({
    "/metrics,/metrics/",
    "/metrics,/METRICS",
    "/api/v1/label/*/values,/api/v1/label/a/b/values",
    "/*,/a/b",
    "/a?b,/a/b",
    "/[^x],//",
    "/[a-c],/d",
    "/a*c,/acd",
    "/\\*,/a",
    "/a,''"
  })
  void matchesNothingElse(String pattern, String path) {
    assertFalse(PathPattern.parse(pattern).matches(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "[]", "[]a]", "[a", "[-]", "[x-]", "[a-", "\\", "/[^]"})
  void refusesWhatGoRefuses(String pattern) {
    assertThrows(IllegalArgumentException.class, () -> PathPattern.parse(pattern));
  }

  @Test
  void manyRunsTakeNoTimeToSpeakOf() {
    PathPattern pattern = PathPattern.parse("/" + "*a".repeat(200) + "b");
    assertFalse(pattern.matches("/" + "a".repeat(20_000)));
  }
}
