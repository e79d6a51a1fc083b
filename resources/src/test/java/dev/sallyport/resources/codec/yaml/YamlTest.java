package dev.sallyport.resources.codec.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.codec.RandomObjects;
import dev.sallyport.resources.codec.canonical.DecodeFailure;
import dev.sallyport.resources.schema.BuiltInSchemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlTest {

  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void scalarsResolveAsYaml11() throws IOException {
    assertEquals("{\"a\":true,\"b\":false,\"c\":true}", json("a: yes\nb: Off\nc: y\n"));
    assertEquals(
        "{\"a\":420,\"b\":8,\"c\":255,\"d\":5}", json("a: 0644\nb: 08\nc: 0xff\nd: 0b101\n"));
    assertEquals(
        "{\"a\":1000,\"b\":1.5,\"c\":1,\"d\":1200}", json("a: 1_000\nb: 1.5\nc: 1.0\nd: 1.2e3\n"));
    assertEquals("{\"a\":null,\"b\":null,\"c\":\"\"}", json("a: ~\nb:\nc: ''\n"));
    assertEquals(
        "{\"a\":\"2026-01-02\",\"b\":\"1.2.3\",\"c\":\"yes\"}",
        json("a: 2026-01-02\nb: 1.2.3\nc: \"yes\"\n"));
    assertEquals("{\"1\":\"a\",\"true\":\"b\"}", json("1: a\ntrue: b\n"));
    assertEquals(
        "{\"a\":\"5\",\"b\":18446744073709551615}", json("a: !!str 5\nb: 18446744073709551615\n"));
  }

  @Test
  void onlyTheFirstDocumentCounts() throws IOException {
    assertEquals("{\"a\":1}", json("---\na: 1\n---\nb: 2\n"));
    assertEquals("null", json(""));
    assertEquals("null", json("# nothing\n"));
  }

  @Test
  void aliasesAndMergesAreResolved() throws IOException {
    assertEquals(
        "{\"x\":{\"a\":1,\"b\":2},\"z\":{\"b\":3,\"a\":1}}",
        json("x: &x\n  a: 1\n  b: 2\nz:\n  <<: *x\n  b: 3\n"));
  }

  @Test
  void doubledKeysAreTold() {
    YamlInput.Document document = YamlInput.read(bytes("a: 1\nb: 2\na: 3\n"));
    assertEquals(List.of("line 3: key \"a\" already set in map"), document.problems());
    assertEquals(3, document.value().path("a").asInt());
  }

  @Test
  void aliasBombsAreRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      String above = "*a" + (i - 1);
      bomb.append(
          "a"
              + i
              + ": &a"
              + i
              + " ["
              + String.join(",", java.util.Collections.nCopies(10, above))
              + "]\n");
    }
    assertTrue(failure(bomb.toString()).contains("excessive aliasing"));
    assertTrue(failure("a: &a [*a]\n").contains("contains itself"));
    assertTrue(failure("a: *b\n").contains("unknown anchor"));
  }

  @Test
  void nothingIsInstantiated() {
    assertTrue(failure("a: !!javax.script.ScriptEngineManager [x]\n").contains("unsupported tag"));
    assertTrue(failure("a: !!java.net.URL \"http://x\"\n").contains("unsupported tag"));
  }

  @Test
  void depthIsLimited() {
    assertTrue(failure("[".repeat(1024 * 1024)).contains("depth"));
    assertTrue(failure("- ".repeat(1024 * 1024)).contains("depth"));
    assertTrue(failure("{a: ".repeat(100_000)).contains("depth"));
    assertTrue(failure("? ".repeat(100_000)).contains("invalid map key"));
  }

  @Test
  void brokenYamlNamesTheLine() {
    assertTrue(
        failure("a: b\n c: d\n  - e\n").startsWith("error converting YAML to JSON: yaml: line "));
    assertTrue(failure("a: \"b\n").startsWith("error converting YAML to JSON: yaml: "));
  }

  @Test
  void writesAsRecorded() throws IOException {
    assertEquals(
        "apiVersion: v1\ncode: 403\ndetails: {}\nkind: Status\n"
            + "message: 'forbidden: User \"system:anonymous\" cannot get path \"/api\"'\n"
            + "metadata: {}\nreason: Forbidden\nstatus: Failure\n",
        yaml(
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":"
                + "\"forbidden: User \\\"system:anonymous\\\" cannot get path \\\"/api\\\"\",\"reason\":\"Forbidden\","
                + "\"details\":{},\"code\":403}"));
    assertEquals(
        "data:\n  a: \"1\"\nmetadata:\n  creationTimestamp: \"2026-11-22T07:14:53Z\"\n  managedFields:\n"
            + "  - fieldsV1:\n      f:data:\n        .: {}\n        f:a: {}\n    manager: unknown\n  uid: c0-1\n",
        yaml(
            "{\"metadata\":{\"creationTimestamp\":\"2026-11-22T07:14:53Z\",\"uid\":\"c0-1\",\"managedFields\":"
                + "[{\"manager\":\"unknown\",\"fieldsV1\":{\"f:data\":{\"f:a\":{},\".\":{}}}}]},\"data\":{\"a\":\"1\"}}"));
  }

  @Test
  void textIsQuotedWhereItMustBe() throws IOException {
    assertEquals("a: \"true\"\n", yaml("{\"a\":\"true\"}"));
    assertEquals("a: \"\"\n", yaml("{\"a\":\"\"}"));
    assertEquals("a: \"0644\"\n", yaml("{\"a\":\"0644\"}"));
    assertEquals("a: '- x'\n", yaml("{\"a\":\"- x\"}"));
    assertEquals("a: ' x'\n", yaml("{\"a\":\" x\"}"));
    assertEquals("a: '*'\n", yaml("{\"a\":\"*\"}"));
    assertEquals("a: x:y#z\n", yaml("{\"a\":\"x:y#z\"}"));
    assertEquals("a: \"t\\tb\"\n", yaml("{\"a\":\"t\\tb\"}"));
    assertEquals("a: \"12:30:45\"\n", yaml("{\"a\":\"12:30:45\"}"));
    assertEquals("a: it's\n", yaml("{\"a\":\"it's\"}"));
  }

  @Test
  void linesStandAsBlocks() throws IOException {
    assertEquals("a: |\n  x\n  y\n", yaml("{\"a\":\"x\\ny\\n\"}"));
    assertEquals("a: |-\n  x\n\n  y\n", yaml("{\"a\":\"x\\n\\ny\"}"));
    assertEquals("a: |+\n  x\n\n", yaml("{\"a\":\"x\\n\\n\"}"));
    assertEquals("a: |2-\n    x\n  y\n", yaml("{\"a\":\"  x\\ny\"}"));
    assertEquals("a: \"x \\ny\"\n", yaml("{\"a\":\"x \\ny\"}"));
  }

  @Test
  void longLinesFold() throws IOException {
    String words = "word ".repeat(30).strip();
    String yaml = yaml("{\"a\":\"" + words + "\"}");
    assertEquals(2, yaml.lines().count());
    assertEquals("{\"a\":\"" + words + "\"}", json(yaml));
  }

  @Test
  void indentationDoesNotMakeMuchOfLittle() {
    String deep = "{\"a\":".repeat(900) + "[" + "1,".repeat(10_000) + "1]" + "}".repeat(900);
    byte[] json = bytes(deep);
    StatusException refused = assertThrows(StatusException.class, () -> YamlOutput.write(json));
    assertEquals(406, refused.status().code());
  }

  @Test
  void keysAreInNaturalOrder() throws IOException {
    assertEquals("a1: 1\na2: 1\na10: 1\nb: 1\n", yaml("{\"b\":1,\"a10\":1,\"a2\":1,\"a1\":1}"));
  }

  @Test
  void whatIsWrittenReadsBackTheSame() throws IOException {
    BuiltInSchemas schemas = new BuiltInSchemas();
    for (String kind : List.of("Pod", "ConfigMap", "Event", "Service", "Node")) {
      GroupVersionKind full = new GroupVersionKind("", "v1", kind);
      for (int seed = 0; seed < 10; seed++) {
        ObjectNode object =
            new RandomObjects(seed)
                .object(full, java.util.Objects.requireNonNull(schemas.schema(full)));
        byte[] json = mapper.writeValueAsBytes(object);
        assertEquals(
            mapper.readTree(json),
            mapper.readTree(YamlInput.read(YamlOutput.write(json)).value().toString()));
      }
    }
  }

  @Test
  void everyKindOfTextReadsBackTheSame() throws IOException {
    List<String> texts =
        List.of(
            "null",
            "~",
            "1e3",
            ".5",
            "0x",
            "a: b",
            "a:",
            "#",
            "a #b",
            "---",
            "...x",
            "%",
            "@a",
            "`",
            "{a",
            "a]",
            "\u0085",
            "\u2028",
            "\u0000",
            "\ufeff",
            "\ud83d\ude00",
            "\n",
            "\n\n",
            " \n",
            "a\n b",
            "a \n",
            "\na",
            "-",
            "?",
            "? a",
            ":",
            "\\",
            "\"",
            "'",
            "''",
            "a'b: c",
            "<<",
            "=",
            "!x",
            "&a",
            "2026-1-2",
            "190:20:30",
            "\r",
            "\r\n",
            "x\r\ny",
            "trailing\t",
            "x".repeat(200) + " " + "y".repeat(200) + "  " + "z: ".repeat(50));
    for (String text : texts) {
      String json =
          mapper.writeValueAsString(mapper.createObjectNode().put("a", text).put(text, "b"));
      String yaml = new String(YamlOutput.write(bytes(json)), StandardCharsets.UTF_8);
      assertEquals(mapper.readTree(json), mapper.readTree(json(yaml)), yaml);
    }
  }

  private static String failure(String yaml) {
    return assertThrows(DecodeFailure.class, () -> YamlInput.read(bytes(yaml))).why();
  }

  private String json(String yaml) throws IOException {
    return mapper.writeValueAsString(YamlInput.read(bytes(yaml)).value());
  }

  private static String yaml(String json) throws IOException {
    return new String(YamlOutput.write(bytes(json)), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
