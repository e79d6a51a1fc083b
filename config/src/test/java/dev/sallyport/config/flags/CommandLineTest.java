package dev.sallyport.config.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.Faults;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {
  private final FlagSection section = new FlagSection("Some");
  private final Flag<String> name = section.flag("some-name", ValueType.STRING, "nobody", "");
  private final Flag<Boolean> really = section.flag("really", ValueType.SWITCH, "false", "");
  private final Flag<Integer> level = section.flag("v", 'v', ValueType.INT, "0", "");
  private final Flag<List<String>> list = section.flag("list", ValueType.LIST, "x,y", "");
  private final Flag<List<String>> array = section.flag("array", ValueType.ARRAY, "", "");
  private final Faults faults = new Faults();

  private List<String> read(String... words) {
    return CommandLine.read(List.of(words), new FlagTable(List.of(section)), faults);
  }

  private String onlyFault() {
    assertEquals(1, faults.all().size(), faults.all().toString());
    return faults.all().get(0).toString();
  }

  @Test
  void takesAValueBehindEqualsOrAsTheNextWord() {
    read("--some-name=a=b");
    assertEquals("a=b", name.read(faults));
    read("--some-name", "--really");
    assertEquals("--really", name.read(faults));
    assertFalse(really.isSet());
    assertTrue(faults.isEmpty());
  }

  @Test
  void anUnderscoreIsADash() {
    read("--some_name=x");
    assertEquals("x", name.read(faults));
  }

  @Test
  void aSwitchNeverTakesTheNextWord() {
    List<String> words = read("--really", "false");
    assertTrue(really.read(faults));
    assertEquals(List.of("false"), words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--really=false", "--really=F", "--really=0"})
  void aSwitchHasItsValueBehindEquals(String word) {
    read("--really", word);
    assertFalse(really.read(faults));
    assertTrue(faults.isEmpty());
  }

  @Test
  void theLastOfSeveralSingleValuesCounts() {
    read("--some-name=a", "--some-name=b");
    assertEquals("b", name.read(faults));
  }

  @Test
  void listsJoinAndSplitWhileArraysOnlyJoin() {
    read("--list=a,b", "--list", "c", "--array=a,b", "--array=c");
    assertEquals(List.of("a", "b", "c"), list.read(faults));
    assertEquals(List.of("a,b", "c"), array.read(faults));
  }

  @Test
  void aListGivenTakesThePlaceOfItsDefault() {
    assertEquals(List.of("x", "y"), list.read(faults));
    read("--list=");
    assertEquals(List.of(), list.read(faults));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-v=4", "-v4", "--v=4", "-v=0x4"})
  void aLetterStandsForAFlag(String word) {
    read(word);
    assertEquals(4, level.read(faults));
  }

  @Test
  void twoDashesEndTheFlags() {
    assertEquals(List.of("--really", "-v"), read("--", "--really", "-v"));
    assertFalse(really.isSet());
  }

  @Test
  void namesTheNearestFlag() {
    read("--some-nmae=x");
    assertEquals(
        "unknown flag --some-nmae: \"x\" (expected: a known one; the nearest is --some-name)",
        onlyFault());
  }

  @Test
  void namesNoFlagThatIsFar() {
    read("--quite-something-else");
    assertEquals("unknown flag --quite-something-else: \"\" (expected: a known one)", onlyFault());
  }

  @Test
  void oneDashBeforeAWholeNameIsUnknown() {
    read("-some-name=x");
    assertTrue(onlyFault().contains("the nearest is --some-name"));
  }

  @Test
  void aMissingValueIsAFault() {
    read("--some-name");
    assertEquals("--some-name: \"\" (expected: a text)", onlyFault());
  }

  @Test
  void aWrongValueIsAFaultAndCountsAsNotGiven() {
    read("-v", "loud");
    assertEquals(0, level.read(faults));
    assertEquals("--v: \"loud\" (expected: an integer)", onlyFault());
  }
}
