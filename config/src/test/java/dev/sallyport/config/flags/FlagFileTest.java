package dev.sallyport.config.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FlagFileTest {
  @TempDir Path folder;

  private final FlagSection section = new FlagSection("Some");
  private final Flag<String> name = section.flag("some-name", ValueType.STRING, "nobody", "");
  private final Flag<Boolean> really = section.flag("really", ValueType.SWITCH, "false", "");
  private final Flag<Integer> level = section.flag("level", ValueType.INT, "0", "");
  private final Flag<List<String>> list = section.flag("list", ValueType.LIST, "", "");
  private final Flag<String> config = section.flag("config", ValueType.STRING, "", "");
  private final Faults faults = new Faults();

  private void read(String yaml, String... commandLine) throws IOException {
    Path file = folder.resolve("flags.yaml");
    Files.writeString(file, yaml);
    FlagTable table = new FlagTable(List.of(section));
    CommandLine.read(List.of(commandLine), table, faults);
    FlagFile.read("--config", file, table, faults);
  }

  private String onlyFault() {
    assertEquals(1, faults.all().size(), faults.all().toString());
    return faults.all().get(0).toString().replace(folder.toString(), "");
  }

  @Test
  void takesValuesAsTheyAreWritten() throws IOException {
    read("some-name: 1.30\nreally: true\nlevel: 0x10\nlist: [a, 'b,c', d]\n");
    assertEquals("1.30", name.read(faults));
    assertTrue(really.read(faults));
    assertEquals(16, level.read(faults));
    assertEquals(List.of("a", "b,c", "d"), list.read(faults));
    assertTrue(faults.isEmpty());
  }

  @Test
  void theCommandLineWins() throws IOException {
    read("some-name: file\nlist: [a]\n", "--some-name=line", "--list=b");
    assertEquals("line", name.read(faults));
    assertEquals(List.of("b"), list.read(faults));
  }

  @Test
  void anEmptyFileSaysNothing() throws IOException {
    read("# nothing yet\n");
    assertTrue(faults.isEmpty());
    assertFalse(name.isSet());
  }

  @Test
  void aWrongValueNamesFileAndLine() throws IOException {
    read("really: true\nlevel: many\n");
    level.read(faults);
    assertEquals("--level in /flags.yaml:2: \"many\" (expected: an integer)", onlyFault());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "some-nmae: x|a known flag, not some-nmae; the nearest is some-name",
        "config: other.yaml|a known flag, not config",
        "some-name: {a: b}|a value or a list of values for some-name",
        "list: [[a]]|a list of single values for list",
        "some-name: !!int 3|a value or a list of values for some-name",
        "- some-name|a map of flags"
      })
  void tellsWhatIsNoFlag(String yaml, String expected) throws IOException {
    read(yaml + "\n");
    assertEquals("--config: \"/flags.yaml:1\" (expected: " + expected + ")", onlyFault());
  }

  @Test
  void aFlagTwiceIsAFault() throws IOException {
    read("some-name: a\nsome_name: b\n");
    assertEquals(
        "--config: \"/flags.yaml:2\" (expected: each flag once; some_name is there twice)",
        onlyFault());
    assertEquals("a", name.read(faults));
  }

  @Test
  void anAliasIsAFault() throws IOException {
    read("some-name: &x a\nlist: [*x]\n");
    assertTrue(onlyFault().contains("a list of single values for list"));
  }

  @Test
  void brokenYamlNamesTheLine() throws IOException {
    read("some-name: a\nlist: [a\n");
    assertTrue(onlyFault().contains("in line 3"), onlyFault());
  }

  @Test
  void aMissingFileIsAFault() {
    FlagTable table = new FlagTable(List.of(section));
    FlagFile.read("--config", folder.resolve("none.yaml"), table, faults);
    assertEquals(
        "--config: \"/none.yaml\" (expected: a readable YAML file; there is no such file)",
        onlyFault());
  }
}
