package dev.sallyport.config.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommaListTest {

  @Test
  void splitsAtCommasAndTrimsNothing() {
    assertEquals(List.of("a", " b", "", "c"), CommaList.parse("a, b,,c"));
  }

  @Test
  void keepsACommaInQuotes() {
    assertEquals(List.of("a,b", "say \"hi\"", ""), CommaList.parse("\"a,b\",\"say \"\"hi\"\"\","));
  }

  @Test
  void anEmptyTextIsNoItem() {
    assertEquals(List.of(), CommaList.parse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"open", "a\"b", "\"a\"b,c", "\""})
  void refusesLooseQuotes(String text) {
    assertThrows(IllegalArgumentException.class, () -> CommaList.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "a,b", "a \"b\"", ""})
  void quotedItemsComeBackWhole(String item) {
    assertEquals(List.of(item), CommaList.parse(CommaList.quote(item)));
  }
}
