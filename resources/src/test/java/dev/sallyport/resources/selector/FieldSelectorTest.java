package dev.sallyport.resources.selector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldSelectorTest {

  @Test
  void readsAllOperators() {
    FieldSelector selector = FieldSelector.parse("a=1,b==2,c!=3,");
    assertEquals(
        List.of(
            new FieldSelector.Term("a", true, "1"),
            new FieldSelector.Term("b", true, "2"),
            new FieldSelector.Term("c", false, "3")),
        selector.terms());
  }

  @Test
  void absentFieldIsEmpty() {
    assertTrue(FieldSelector.parse("spec.nodeName=").matches(Map.of()));
    assertTrue(FieldSelector.parse("spec.nodeName!=x").matches(Map.of()));
    assertFalse(FieldSelector.parse("spec.nodeName=x").matches(Map.of()));
  }

  @Test
  void backslashKeepsCommasAndEqualsSigns() {
    FieldSelector selector = FieldSelector.parse("a=x\\,y\\=z\\\\");
    assertEquals(List.of(new FieldSelector.Term("a", true, "x,y=z\\")), selector.terms());
  }

  @Test
  void tellsWhatIsWrong() {
    assertEquals("invalid selector: 'abc'; can't understand 'abc'", message("abc"));
    assertEquals("invalid field selector: invalid escape sequence: \\x", message("a=\\x"));
    assertEquals("invalid field selector: unescaped character in value: =", message("a=b=c"));
  }

  private static String message(String selector) {
    return String.valueOf(
        assertThrows(SelectorSyntaxException.class, () -> FieldSelector.parse(selector))
            .getMessage());
  }
}
