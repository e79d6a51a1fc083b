package dev.sallyport.resources.structural;

import static dev.sallyport.resources.structural.Schemas.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.api.StatusCause;
import dev.sallyport.resources.validation.Faults;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaRulesTest {

  private static final String ROOT = "s";
  private static final String X = "s.properties[spec].properties[x]";

  private static List<String> faults(String schema) {
    Faults faults = new Faults();
    SchemaRules.check(json(schema), ROOT, faults);
    return faults.causes().stream().map(StatusCause::line).toList();
  }

  /** What is wrong with the schema of spec.x. */
  private static void refused(String schema, String... lines) {
    assertEquals(
        List.of(lines),
        faults(
            "{type: 'object', properties: {spec: {type: 'object', properties: {x: "
                + schema
                + "}}}}"),
        schema);
  }

  @Test
  void everyFieldHasAType() {
    refused("{}", X + ".type: Required value: must not be empty for specified object fields");
    refused(
        "{type: 'array', items: {}}",
        X + ".items.type: Required value: must not be empty for specified array items");
    refused("{type: 'array'}", X + ".items: Required value: must be specified");
    refused("{'x-kubernetes-preserve-unknown-fields': true}");
    refused("{'x-kubernetes-int-or-string': true}");
    assertEquals(
        List.of("s.type: Required value: must not be empty at the root"),
        faults("{properties: {spec: {type: 'object'}}}"));
    assertEquals(
        List.of("s.type: Invalid value: \"string\": must be object at the root"),
        faults("{type: 'string'}"));
    refused(
        "{type: 'text'}",
        X
            + ".type: Unsupported value: \"text\": supported values: \"array\", \"boolean\","
            + " \"integer\", \"null\", \"number\", \"object\", \"string\"");
  }

  @Test
  void combinationsDeclareNothing() {
    refused(
        "{type: 'string', anyOf: [{type: 'string', description: 'x'}, {minLength: 1}]}",
        X + ".anyOf[0].description: Forbidden: must be empty to be structural",
        X + ".anyOf[0].type: Forbidden: must be empty to be structural");
    refused(
        "{type: 'object', not: {default: {}, additionalProperties: {maxLength: 1}}}",
        X + ".not.additionalProperties: Forbidden: must be undefined to be structural",
        X + ".not.default: Forbidden: must be undefined to be structural");
    refused(
        "{type: 'object', allOf: [{'x-kubernetes-validations': [{rule: 'true'}]}]}",
        X + ".allOf[0].x-kubernetes-validations: Forbidden: must be empty to be structural");
  }

  @Test
  void whatCombinationsRestrictIsDeclared() {
    assertEquals(
        List.of(
            "s.properties[b]: Required value: because it is defined in s.oneOf[0].properties[b]"),
        faults(
            "{type: 'object', properties: {a: {type: 'string'}}, oneOf: [{properties: {a:"
                + " {maxLength: 1}, b: {maxLength: 1}}}]}"));
  }

  @Test
  void anIntegerOrAStringHasItsForms() {
    refused("{'x-kubernetes-int-or-string': true, anyOf: [{type: 'integer'}, {type: 'string'}]}");
    refused(
        "{'x-kubernetes-int-or-string': true, allOf: [{anyOf: [{type: 'integer'}, {type:"
            + " 'string'}]}, {pattern: '^a'}]}");
    refused(
        "{'x-kubernetes-int-or-string': true, anyOf: [{type: 'string'}]}",
        X + ".anyOf[0].type: Forbidden: must be empty to be structural");
  }

  @Test
  void someWordsAreNotSupported() {
    refused(
        "{type: 'object', '$ref': '#/a', patternProperties: {a: {}}}",
        X + ".patternProperties: Forbidden: patternProperties is not supported",
        X + ".$ref: Forbidden: $ref is not supported");
    refused(
        "{type: 'array', uniqueItems: true, items: {type: 'string'}}",
        X
            + ".uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime"
            + " complexity becomes quadratic");
    refused(
        "{type: 'object', properties: {a: {type: 'string'}}, additionalProperties: {type:"
            + " 'string'}}",
        X
            + ".additionalProperties: Forbidden: additionalProperties and properties are mutual"
            + " exclusive");
    refused(
        "{type: 'string', pattern: '('}",
        X
            + ".pattern: Invalid value: \"(\": must be a valid regular expression, but isn't:"
            + " error parsing regexp: missing closing ): `(`");
  }

  @Test
  void metadataIsGivenAndOnlyNamesMayBeRestricted() {
    String schema = "{type: 'object', properties: {metadata: %s}}";
    assertEquals(
        List.of(),
        faults(
            schema.formatted(
                "{type: 'object', properties: {name: {type: 'string', maxLength: 3}}}")));
    assertEquals(
        List.of(
            "s.properties[metadata]: Forbidden: must not specify anything other than name and"
                + " generateName, but metadata is implicitly specified"),
        faults(schema.formatted("{type: 'object', properties: {labels: {type: 'object'}}}")));
    assertEquals(
        List.of("s.properties[kind].default: Forbidden: must not be set in top-level kind"),
        faults("{type: 'object', properties: {kind: {type: 'string', default: 'A'}}}"));
    assertEquals(
        List.of("s.additionalProperties: Forbidden: must not be used at the root"),
        faults("{type: 'object', additionalProperties: {type: 'string'}}"));
  }

  @Test
  void defaultsWouldBeLetIn() {
    refused(
        "{type: 'integer', default: 10, maximum: 9}",
        X + ".default: Invalid value: 10:  in body should be less than or equal to 9");
    refused(
        "{type: 'object', default: {a: 1, b: 2}, properties: {a: {type: 'integer'}}}",
        X + ".default: Invalid value: {\"a\":1,\"b\":2}: must not have unknown fields");
    refused(
        "{type: 'object', default: {a: 'b'}, properties: {a: {type: 'integer'}}}",
        X
            + ".default.a: Invalid value: \"string\": a in body must be of type integer:"
            + " \"string\"");
  }

  @Test
  void itemsOfMapsHaveTheirKeys() {
    String list =
        "{type: 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['k'],"
            + " items: {type: 'object', %s}}";
    refused(list.formatted("required: ['k'], properties: {k: {type: 'string'}}"));
    refused(list.formatted("properties: {k: {type: 'string', default: 'a'}}"));
    refused(
        list.formatted("properties: {k: {type: 'string'}}"),
        X
            + ".items.properties[k].default: Required value: this property is in"
            + " x-kubernetes-list-map-keys, so it must have a default or be a required property");
    refused(
        list.formatted("properties: {j: {type: 'string'}}"),
        X
            + ".x-kubernetes-list-map-keys: Invalid value: [\"k\"]: entries must all be names of"
            + " item properties");
  }

  @Test
  void listAndMapTypesFitTheirTypes() {
    refused(
        "{type: 'string', 'x-kubernetes-list-type': 'set'}",
        X
            + ".type: Invalid value: \"string\": must be array if x-kubernetes-list-type is"
            + " specified");
    refused(
        "{type: 'array', items: {type: 'string'}, 'x-kubernetes-list-type': 'bag'}",
        X
            + ".x-kubernetes-list-type: Unsupported value: \"bag\": supported values: \"atomic\","
            + " \"set\", \"map\"");
    refused(
        "{type: 'array', items: {type: 'object'}, 'x-kubernetes-list-type': 'set'}",
        X
            + ".items.x-kubernetes-map-type: Invalid value: null: must be atomic as item of a list"
            + " with x-kubernetes-list-type=set");
    refused(
        "{type: 'array', items: {type: 'string'}, 'x-kubernetes-list-map-keys': ['a']}",
        X
            + ".x-kubernetes-list-type: Required value: must be map if x-kubernetes-list-map-keys"
            + " is non-empty");
  }

  @Test
  void rulesSayWhatTheyMean() {
    String rules =
        "{type: 'object', properties: {a: {type: 'string'}}, 'x-kubernetes-validations': [%s]}";
    refused(
        rules.formatted("{rule: ' '}"),
        X + ".x-kubernetes-validations[0].rule: Required value: rule is not specified");
    refused(
        rules.formatted("{rule: 'true', reason: 'Because'}"),
        X
            + ".x-kubernetes-validations[0].reason: Unsupported value: \"Because\": supported"
            + " values: \"FieldValueDuplicate\", \"FieldValueForbidden\", \"FieldValueInvalid\","
            + " \"FieldValueRequired\"");
    refused(
        rules.formatted("{rule: 'true', fieldPath: '.b'}"),
        X
            + ".x-kubernetes-validations[0].fieldPath: Invalid value: \".b\": fieldPath must be a"
            + " valid path");
    refused(rules.formatted("{rule: 'true', fieldPath: '.a'}"));
  }
}
