package dev.sallyport.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuotedTest {

  @Test
  void keepsPrintableTextOfAnyScript() {
    assertEquals("\"plain äöü 名 😀\"", Quoted.of("plain äöü 名 😀"));
  }

  @Test
  void escapesQuotesBackslashesAndControls() {
    assertEquals(
        "\"a\\\"b\\\\c\\n\\t\\x1b\\x00\\x7f\\a\"", Quoted.of("a\"b\\c\n\t\u001b\0\u007f\u0007"));
  }

  @Test
  void escapesInvisibleCharactersOfOtherScripts() {
    assertEquals(
        "\"\\u2028\\u200b\\u00a0\\U000e0001\"", Quoted.of("\u2028\u200b\u00a0\udb40\udc01"));
  }

  @Test
  void writesListsWithBlanksBetween() {
    assertEquals("[\"a\" \"b c\"]", Quoted.of(List.of("a", "b c")));
    assertEquals("[]", Quoted.of(List.of()));
  }
}
