package dev.sallyport.config.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigDocumentsTest {
  private final List<String> faults = new ArrayList<>();

  @Test
  void readsYamlAndJsonAlike() throws InvalidFileException {
    for (String text :
        List.of(
            "a: {b: text, n: 3, on: true}\nl: [{x: one}, {x: two}]\nt: [p, q]\n",
            "{\"a\":{\"b\":\"text\",\"n\":3,\"on\":true},\"l\":[{\"x\":\"one\"},{\"x\":\"two\"}],"
                + "\"t\":[\"p\",\"q\"]}")) {
      Fields document = read(text).get(0);
      assertEquals("text", document.object("a").text("b"));
      assertEquals(Optional.of(3), document.object("a").integer("n"));
      assertEquals(Optional.of(true), document.object("a").bool("on"));
      assertEquals(
          List.of("one", "two"),
          document.objects("l").stream().map(item -> item.text("x")).toList());
      assertEquals(List.of("p", "q"), document.texts("t"));
      assertFalse(document.has("z"));
    }
    assertEquals(List.of(), faults);
  }

  @Test
  void tellsEveryFaultByItsPlace() throws InvalidFileException {
    Fields document = read("a: {b: 1, c: x, e: 9}\nl: [{x: []}, null]\nt: [1]\nmore: 1\n").get(0);
    Fields inner = document.object("a");
    inner.text("b");
    inner.bool("c");
    document.objects("l").forEach(item -> item.text("x"));
    document.texts("t");
    document.finish();
    assertEquals(
        List.of(
            "a.b: expected a text",
            "a.c: expected true or false",
            "l[1]: is no mapping of fields",
            "l[0].x: expected a text",
            "t[0]: expected a text",
            "more: unknown field",
            "a.e: unknown field"),
        faults);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: 1\na: 2\n",
        "a: !!javax.script.ScriptEngineManager [x]\n",
        "a: !!java.net.URL ['http://example.com']\n",
        "a: [",
        "a: &x [1]\nb: *y\n",
      })
  void refusesWhatIsNoPlainDocument(String text) {
    assertThrows(InvalidFileException.class, () -> read(text));
  }

  @Test
  void neverQuotesTheFile() {
    InvalidFileException fault =
        assertThrows(InvalidFileException.class, () -> read("token: \"s3cret\n\tx: {"));
    assertFalse(String.valueOf(fault.getMessage()).contains("s3cret"), fault.getMessage());
  }

  @Test
  void endsDeepNestingEarly() {
    assertThrows(InvalidFileException.class, () -> read("[".repeat(1 << 20)));
  }

  @Test
  void passesOverEmptyDocuments() throws InvalidFileException {
    assertEquals(1, read("---\n---\na: 1\n---\n").size());
    assertEquals(0, read("").size());
  }

  private List<Fields> read(String text) throws InvalidFileException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ConfigDocuments.read(new FileContent(Path.of("file.yaml"), bytes), faults);
  }
}
