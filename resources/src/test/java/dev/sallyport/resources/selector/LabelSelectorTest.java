package dev.sallyport.resources.selector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {

  private static final Map<String, String> LABELS = Map.of("app", "x", "tier", "1", "in", "out");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app=x",
        "app==x",
        "app = x , tier",
        "app!=y",
        "app in (x,y)",
        "app in (x, y),!nothing",
        "nothing notin (x)",
        "app notin (y)",
        "tier>0",
        "tier<2",
        "in",
        "in=out",
        "in in (out)",
        "missing notin ()",
      })
  void matches(String selector) {
    assertTrue(LabelSelector.parse(selector).matches(LABELS), selector);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app=y",
        "!app",
        "nothing",
        "app notin (x,y)",
        "app=",
        "tier>1",
        "tier<1",
        "app>1",
        "app=x,tier=2",
        "nothing in ()",
      })
  void doesNotMatch(String selector) {
    assertFalse(LabelSelector.parse(selector).matches(LABELS), selector);
  }

  @Test
  void emptyValueIsAValue() {
    assertTrue(LabelSelector.parse("app=").matches(Map.of("app", "")));
    assertTrue(LabelSelector.parse("app in (,a)").matches(Map.of("app", "")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "app===x|unable to parse requirement: found '=', expected: identifier",
        "app in x|unable to parse requirement: found 'x' expected: '('",
        "app in (x|unable to parse requirement: found '', expected: ',' or ')'",
        "app x|unable to parse requirement: found 'x', expected: in, notin, =, ==, !=, gt, lt",
        ",app|found ',', expected: !, identifier, or 'end of string'",
        "app,|found '', expected: identifier after ','",
        "a>b|unable to parse requirement: values[0]: Invalid value: \"b\": for 'Gt', 'Lt' operators, the value must be an integer",
      })
  void tellsWhatIsWrong(String selector, String message) {
    assertEquals(
        message,
        assertThrows(SelectorSyntaxException.class, () -> LabelSelector.parse(selector))
            .getMessage());
  }

  @Test
  void anyTextIsParsedOrRefused() {
    Random random = new Random(7);
    String alphabet = "ab ,!=()<>/-in";
    for (int run = 0; run < 20_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(24); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        LabelSelector.parse(text.toString()).matches(LABELS);
      } catch (SelectorSyntaxException e) {
        assertFalse(String.valueOf(e.getMessage()).isEmpty(), text.toString());
      }
    }
  }
}
