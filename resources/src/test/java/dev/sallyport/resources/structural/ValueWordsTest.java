package dev.sallyport.resources.structural;

import static dev.sallyport.resources.structural.Schemas.faults;
import static dev.sallyport.resources.structural.Schemas.ofSpec;
import static dev.sallyport.resources.structural.Schemas.withSpec;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.api.StatusCause;
import dev.sallyport.resources.validation.Faults;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueWordsTest {

  private static StructuralSchema field(String schema) {
    return ofSpec("{type: 'object', properties: {x: " + schema + "}}");
  }

  private static void refused(String schema, String value, String... lines) {
    assertEquals(List.of(lines), faults(field(schema), "{x: " + value + "}"), schema);
  }

  @Test
  void tellsNumbersOutOfRange() {
    String schema = "{type: 'integer', minimum: 1, maximum: 9}";
    refused(
        schema,
        "99",
        "spec.x: Invalid value: 99: spec.x in body should be less than or equal to 9");
    refused(
        schema,
        "0",
        "spec.x: Invalid value: 0: spec.x in body should be greater than or equal to 1");
    refused(schema, "9");
    String open =
        "{type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 1.5, exclusiveMaximum:"
            + " true}";
    refused(open, "0", "spec.x: Invalid value: 0: spec.x in body should be greater than 0");
    refused(open, "1.5", "spec.x: Invalid value: 1.5: spec.x in body should be less than 1.5");
    refused(
        "{type: 'integer', multipleOf: 5}",
        "7",
        "spec.x: Invalid value: 7: spec.x in body should be a multiple of 5");
    refused("{type: 'number', multipleOf: 0.1}", "0.3");
  }

  @Test
  void tellsWrongTypes() {
    refused(
        "{type: 'integer'}",
        "'a'",
        "spec.x: Invalid value: \"string\": spec.x in body must be of type integer: \"string\"");
    refused(
        "{type: 'string'}",
        "null",
        "spec.x: Invalid value: \"null\": spec.x in body must be of type string: \"null\"");
    refused("{type: 'string', nullable: true}", "null");
    refused("{type: 'integer'}", "3.0");
    refused("{type: 'number'}", "3");
    refused(
        "{type: 'integer', format: 'int32'}",
        "3.5",
        "spec.x: Invalid value: \"float64\": spec.x in body must be of type int32: \"float64\"");
    refused(
        "{'x-kubernetes-int-or-string': true}",
        "true",
        "spec.x: Invalid value: \"boolean\": spec.x in body must be of type integer,string:"
            + " \"boolean\"");
    refused("{'x-kubernetes-int-or-string': true}", "'30%'");
    Faults faults = new Faults();
    field("{type: 'integer'}").validate(withSpec("{x: true}"), null, faults);
    assertEquals(
        List.of("FieldValueTypeInvalid"),
        faults.causes().stream().map(StatusCause::reason).toList());
  }

  @Test
  void tellsTextsOfWrongLengthAndShape() {
    String schema = "{type: 'string', minLength: 2, maxLength: 3, pattern: '^[a-z]+$'}";
    refused(
        schema,
        "'a'",
        "spec.x: Invalid value: \"a\": spec.x in body should be at least 2 chars long");
    refused(schema, "'abcd'", "spec.x: Too long: may not be more than 3 bytes");
    refused(
        schema, "'A1'", "spec.x: Invalid value: \"A1\": spec.x in body should match '^[a-z]+$'");
    refused(schema, "'abc'");
    refused(
        "{type: 'string', format: 'ipv4'}",
        "'1.2.3'",
        "spec.x: Invalid value: \"1.2.3\": spec.x in body must be of type ipv4: \"1.2.3\"");
    refused("{type: 'string', format: 'nobody-knows'}", "'1.2.3'");
  }

  @Test
  void countsCharactersNotBytesNorUtf16Units() {
    refused("{type: 'string', maxLength: 2}", "'\\ud83d\\ude00\\ud83d\\ude00'");
  }

  @Test
  void tellsListsAndMapsOfWrongSize() {
    String list = "{type: 'array', minItems: 1, maxItems: 2, items: {type: 'integer'}}";
    refused(list, "[]", "spec.x: Invalid value: 0: spec.x in body should have at least 1 items");
    refused(list, "[1,2,3]", "spec.x: Too many: 3: must have at most 2 items");
    String map =
        "{type: 'object', minProperties: 1, maxProperties: 1, additionalProperties: {type:"
            + " 'integer'}}";
    refused(
        map, "{}", "spec.x: Invalid value: 0: spec.x in body should have at least 1 properties");
    refused(map, "{a: 1, b: 2}", "spec.x: Too many: 2: must have at most 1 item");
    refused(
        map,
        "{a: 'b'}",
        "spec.x.a: Invalid value: \"string\": spec.x.a in body must be of type integer:"
            + " \"string\"");
  }

  @Test
  void tellsWhatIsMissingAndNotAmongTheChoices() {
    refused(
        "{type: 'object', required: ['b', 'a'], properties: {a: {type: 'string'}, b: {type:"
            + " 'string'}}}",
        "{}",
        "spec.x.b: Required value",
        "spec.x.a: Required value");
    refused(
        "{type: 'string', enum: ['red', 'blue']}",
        "'pink'",
        "spec.x: Unsupported value: \"pink\": supported values: \"red\", \"blue\"");
    refused(
        "{type: 'integer', enum: [1, 2]}",
        "3",
        "spec.x: Unsupported value: 3: supported values: \"1\", \"2\"");
  }

  @Test
  void tellsTheBestOfFailedAlternatives() {
    String schema =
        "{type: 'object', properties: {a: {type: 'string'}, b: {type: 'string'}}, %s: [{required:"
            + " ['a']}, {required: ['b']}]}";
    refused(schema.formatted("oneOf"), "{a: 'x'}");
    refused(
        schema.formatted("oneOf"),
        "{}",
        "<nil>: Invalid value: \"\": \"spec.x\" must validate one and only one schema (oneOf)."
            + " Found none valid",
        "spec.x.a: Required value");
    refused(
        schema.formatted("oneOf"),
        "{a: 'x', b: 'y'}",
        "<nil>: Invalid value: \"\": \"spec.x\" must validate one and only one schema (oneOf)."
            + " Found 2 valid alternatives");
    refused(
        schema.formatted("anyOf"),
        "{}",
        "<nil>: Invalid value: \"\": \"spec.x\" must validate at least one schema (anyOf)",
        "spec.x.a: Required value");
    refused(
        schema.formatted("allOf"),
        "{a: 'x'}",
        "spec.x.b: Required value",
        "<nil>: Invalid value: \"\": \"spec.x\" must validate all the schemas (allOf)");
    refused(
        "{type: 'string', not: {enum: ['a']}}",
        "'a'",
        "<nil>: Invalid value: \"\": \"spec.x\" must not validate the schema (not)");
  }

  @Test
  void tellsDuplicatesInSetsAndMaps() {
    refused(
        "{type: 'array', 'x-kubernetes-list-type': 'set', items: {type: 'string'}}",
        "['a', 'b', 'a', 'a']",
        "spec.x[2]: Duplicate value: \"a\"");
    String map =
        "{type: 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['p',"
            + " 'q'], items: {type: 'object', properties: {p: {type: 'integer'}, q: {type:"
            + " 'string'}}}}";
    refused(
        map,
        "[{p: 1, q: 'a'}, {p: 1, q: 'b'}, {p: 1, q: 'a'}]",
        "spec.x[2]: Duplicate value: {\"p\":1,\"q\":\"a\"}");
  }

  @Test
  void unchangedPartsMayKeepTheirFaults() {
    StructuralSchema schema =
        ofSpec(
            "{type: 'object', properties: {size: {type: 'integer', maximum: 9}, n: {type:"
                + " 'integer'}}}");
    assertEquals(
        List.of(), faults(schema, withSpec("{size: 99, n: 2}"), withSpec("{size: 99, n: 1}")));
    assertEquals(
        List.of(
            "spec.size: Invalid value: 98: spec.size in body should be less than or equal to 9"),
        faults(schema, withSpec("{size: 98, n: 2}"), withSpec("{size: 99, n: 1}")));
  }

  @Test
  void itemsOfMapsAreFoundAgainByTheirKeys() {
    StructuralSchema schema =
        ofSpec(
            "{type: 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys':"
                + " ['k'], items: {type: 'object', properties: {k: {type: 'string'}, v: {type:"
                + " 'integer', maximum: 1}}}}");
    assertEquals(
        List.of("spec[0].v: Invalid value: 6: spec[0].v in body should be less than or equal to 1"),
        faults(
            schema,
            withSpec("[{k: 'b', v: 6}, {k: 'a', v: 5}]"),
            withSpec("[{k: 'a', v: 5}, {k: 'b', v: 1}]")));
  }

  @Test
  void aPatternCannotBeMadeExpensive() {
    StructuralSchema schema = field("{type: 'string', pattern: '^(a+)+$'}");
    String text = "a".repeat(50_000) + "!";
    assertEquals(1, faults(schema, "{x: '" + text + "'}").size());
  }

  @Test
  void embeddedResourcesSayWhatTheyAre() {
    String schema =
        "{type: 'object', 'x-kubernetes-embedded-resource': true,"
            + " 'x-kubernetes-preserve-unknown-fields': true}";
    refused(schema, "{}", "spec.x.apiVersion: Required value", "spec.x.kind: Required value");
    refused(schema, "{apiVersion: 'v1', kind: 'Pod', metadata: {labels: {a: 'b'}}}");
    refused(
        schema, "{apiVersion: 'v1', kind: 5}", "spec.x.kind: Invalid value: 5: must be a string");
    refused(
        schema,
        "{apiVersion: 'v1', kind: 'Pod', metadata: {labels: {a: 'b c'}}}",
        "spec.x.metadata.labels: Invalid value: \"b c\": a valid label must be an empty string or"
            + " consist of alphanumeric characters, '-', '_' or '.', and must start and end with"
            + " an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used"
            + " for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')");
  }
}
