package dev.sallyport.resources.jsonpath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonPathTest {

  private static final JsonNode OBJECT =
      json(
          """
          {"spec": {"size": 3, "a.b": "dotted", "tags": ["x", "y", "z"]},
           "status": {"conditions": [
             {"type": "Ready", "status": "True", "age": 5},
             {"type": "Synced", "status": "False", "age": 50}]}}""");

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        ".spec.size|[3]",
        ".spec['a.b']|[\"dotted\"]",
        ".spec.a\\.b|[\"dotted\"]",
        ".spec.tags[0]|[\"x\"]",
        ".spec.tags[-1]|[\"z\"]",
        ".spec.tags[1:]|[\"y\",\"z\"]",
        ".spec.tags[:2]|[\"x\",\"y\"]",
        ".spec.tags[::2]|[\"x\",\"z\"]",
        ".spec.tags[*]|[\"x\",\"y\",\"z\"]",
        ".status.conditions[?(@.type==\"Ready\")].status|[\"True\"]",
        ".status.conditions[?(@.type=='Synced')].status|[\"False\"]",
        ".status.conditions[?(@.type != \"Ready\")].type|[\"Synced\"]",
        ".status.conditions[?(@.age > 10)].type|[\"Synced\"]",
        ".status.conditions[?(@.age <= 5)].type|[\"Ready\"]",
        ".status.conditions[?(@.nope)].type|[]",
        ".status.conditions[?(@.nope==1)].type|[]",
        "..type|[\"Ready\",\"Synced\"]",
        ".spec.nope|[]",
        ".spec.tags[7]|[]",
        ".spec.size[0]|[]",
      })
  void leadsToValuesInOrder(String path, String found) {
    assertEquals(found, JsonPath.compile(path).all(OBJECT).toString().replace(", ", ","));
  }

  @Test
  void firstIsNullWhereNothingStands() {
    assertNull(JsonPath.compile(".spec.nope").first(OBJECT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "spec",
        ".spec[",
        ".spec[a]",
        ".spec['a'",
        ".a[?(@.b]",
        ".a[?(@.b==c)]",
        ".a b",
        ".a[::0]",
        ".a[99999999999]",
        "{.a}"
      })
  void refusesWhatIsNoPath(String path) {
    assertThrows(IllegalArgumentException.class, () -> JsonPath.compile(path));
  }
}
