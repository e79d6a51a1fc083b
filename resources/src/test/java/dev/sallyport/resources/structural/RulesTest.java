package dev.sallyport.resources.structural;

import static dev.sallyport.resources.structural.Schemas.faults;
import static dev.sallyport.resources.structural.Schemas.ofSpec;
import static dev.sallyport.resources.structural.Schemas.withSpec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RulesTest {

  private static final String LUCK =
      "{type: 'object', required: ['size'], properties: {size: {type: 'integer', maximum: 9},"
          + " color: {type: 'string', enum: ['red', 'blue']}}, 'x-kubernetes-validations': [{rule:"
          + " 'self.size != 7', message: 'seven is unlucky'}]}";

  /** A field x with one rule. */
  private static StructuralSchema field(String schema, String rule) {
    return ofSpec(
        "{type: 'object', properties: {x: {"
            + schema
            + ", 'x-kubernetes-validations': [{"
            + rule
            + "}]}}}");
  }

  private static void checked(StructuralSchema schema, String spec, String... lines) {
    assertEquals(List.of(lines), faults(schema, spec));
  }

  @Test
  void tellsWhatARuleSays() {
    checked(ofSpec(LUCK), "{size: 3}");
    checked(ofSpec(LUCK), "{size: 7}", "spec: Invalid value: \"object\": seven is unlucky");
    checked(
        field("type: 'string'", "rule: 'self.startsWith(\"a\")'"),
        "{x: 'b'}",
        "spec.x: Invalid value: \"string\": failed rule: self.startsWith(\"a\")");
  }

  @Test
  void putsRulesOffWhenTheObjectIsNotWhatTheyTakeItFor() {
    String off =
        "<nil>: Invalid value: null: some validation rules were not checked because the object was"
            + " invalid; correct the existing errors to complete validation";
    checked(ofSpec(LUCK), "{}", "spec.size: Required value", off);
    checked(
        ofSpec(LUCK),
        "{size: 1, color: 'pink'}",
        "spec.color: Unsupported value: \"pink\": supported values: \"red\", \"blue\"",
        off);
    checked(
        ofSpec(LUCK),
        "{size: 99}",
        "spec.size: Invalid value: 99: spec.size in body should be less than or equal to 9");
  }

  @Test
  void aRuleMayNameItsFieldReasonAndMessage() {
    StructuralSchema schema =
        field(
            "type: 'object', properties: {a: {type: 'integer'}, b: {type: 'integer'}}",
            "rule: 'self.a < self.b', reason: 'FieldValueForbidden', fieldPath: '.a',"
                + " messageExpression: '\"%d is not below %d\".format([self.a, self.b])'");
    checked(schema, "{x: {a: 5, b: 4}}", "spec.x.a: Forbidden: 5 is not below 4");
    checked(
        schema,
        "{x: {a: 5}}",
        "spec.x: Invalid value: \"object\": no such key: b evaluating rule: self.a < self.b");
  }

  @Test
  void theRootKnowsItsNameAndKind() {
    StructuralSchema schema =
        StructuralSchema.of(
            Schemas.json(
                "{type: 'object', properties: {spec: {type: 'object', properties: {n: {type:"
                    + " 'string'}}}}, 'x-kubernetes-validations': [{rule: 'self.kind + self.spec.n"
                    + " == \"Widgeta\"'}]}"));
    checked(schema, "{n: 'a'}");
    checked(
        schema,
        "{n: 'b'}",
        "<nil>: Invalid value: \"object\": failed rule: self.kind + self.spec.n == \"Widgeta\"");
  }

  @Test
  void typesFollowTheSchema() {
    String rule =
        "rule: 'self.n / 2.0 == 1.5 && self.t > timestamp(\"2020-01-01T00:00:00Z\") && self.d =="
            + " duration(\"90m\") && self.b == b\"hello\" && (type(self.p) == int ? self.p < 5 :"
            + " self.p == \"30%\") && self.__namespace__ == \"a\" && self.a__dash__b == 1 &&"
            + " self.m[\"k-1\"] == 2 && !has(self.nothing)'";
    StructuralSchema schema =
        field(
            "type: 'object', properties: {n: {type: 'number'}, t: {type: 'string', format:"
                + " 'date-time'}, d: {type: 'string', format: 'duration'}, b: {type: 'string',"
                + " format: 'byte'}, p: {'x-kubernetes-int-or-string': true}, namespace: {type:"
                + " 'string'}, 'a-b': {type: 'integer'}, m: {type: 'object',"
                + " additionalProperties: {type: 'integer'}}, nothing: {type: 'string', nullable:"
                + " true}}",
            rule);
    checked(
        schema,
        "{x: {n: 3, t: '2024-01-01T00:00:00Z', d: '1h30m', b: 'aGVsbG8=', p: '30%', namespace: 'a',"
            + " 'a-b': 1, m: {'k-1': 2}, nothing: null}}");
  }

  @Test
  void rulesOnChangesNeedSomethingToCompareWith() {
    StructuralSchema schema =
        field("type: 'integer'", "rule: 'self >= oldSelf', message: 'must not shrink'");
    checked(schema, "{x: 1}");
    assertEquals(
        List.of("spec.x: Invalid value: \"integer\": must not shrink"),
        faults(schema, withSpec("{x: 1}"), withSpec("{x: 2}")));
    assertEquals(List.of(), faults(schema, withSpec("{x: 3}"), withSpec("{x: 2}")));
    assertEquals(List.of(), faults(schema, withSpec("{x: 3}"), withSpec("{}")));
  }

  @Test
  void oldSelfMayBeOptional() {
    StructuralSchema schema =
        field(
            "type: 'integer'",
            "rule: 'oldSelf.hasValue() || self == 0', optionalOldSelf: true, message: 'starts at"
                + " 0'");
    checked(schema, "{x: 1}", "spec.x: Invalid value: \"integer\": starts at 0");
    checked(schema, "{x: 0}");
    assertEquals(List.of(), faults(schema, withSpec("{x: 3}"), withSpec("{x: 2}")));
  }

  @Test
  void itemsOfMapsAreComparedByTheirKeys() {
    StructuralSchema schema =
        ofSpec(
            "{type: 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['k'],"
                + " items: {type: 'object', properties: {k: {type: 'string'}, v: {type:"
                + " 'integer', 'x-kubernetes-validations': [{rule: 'self == oldSelf'}]}}}}");
    assertEquals(
        List.of("spec[0].v: Invalid value: \"integer\": failed rule: self == oldSelf"),
        faults(
            schema,
            withSpec("[{k: 'b', v: 3}, {k: 'a', v: 1}, {k: 'c', v: 9}]"),
            withSpec("[{k: 'a', v: 1}, {k: 'b', v: 2}]")));
  }

  @Test
  void whatHasNotChangedMayKeepBreakingARule() {
    StructuralSchema schema =
        ofSpec(
            "{type: 'object', properties: {n: {type: 'integer'}, x: {type: 'integer',"
                + " 'x-kubernetes-validations': [{rule: 'self < 5'}]}}}");
    assertEquals(List.of(), faults(schema, withSpec("{x: 9, n: 2}"), withSpec("{x: 9, n: 1}")));
    assertEquals(
        List.of("spec.x: Invalid value: \"integer\": failed rule: self < 5"),
        faults(schema, withSpec("{x: 8, n: 2}"), withSpec("{x: 9, n: 1}")));
  }

  @Test
  void aRuleThatRunsTooLongIsCutOff() {
    StructuralSchema schema =
        ofSpec(
            "{type: 'array', items: {type: 'integer'}, 'x-kubernetes-validations': [{rule:"
                + " 'self.all(a, self.all(b, a + b >= 0))'}, {rule: 'false'}]}");
    StringBuilder spec = new StringBuilder("[0");
    spec.append(",1".repeat(2_000)).append(']');
    List<String> lines = faults(schema, spec.toString());
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains("no further validation rules will be run"), lines::toString);
  }

  @Test
  void longTextsCountToo() {
    StructuralSchema schema =
        field(
            "type: 'object', properties: {a: {type: 'array', items: {type: 'string'}}, t: {type:"
                + " 'string'}}",
            "rule: 'self.a.all(p, !self.t.matches(p))'");
    String spec =
        "{x: {a: [%s'q'], t: '%s'}}".formatted("'(x+x+)+y',".repeat(500), "x".repeat(100_000));
    List<String> lines = faults(schema, spec);
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains("no further validation rules will be run"), lines::toString);
  }
}
