package dev.sallyport.resources.structural;

import static dev.sallyport.resources.structural.Schemas.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.StatusCause;
import dev.sallyport.resources.validation.Faults;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleDefinitionsTest {

  private static final String RULE = "s.properties[x].x-kubernetes-validations[0].rule: ";

  private static final String HINT =
      " (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays,"
          + " maps, and strings are declared)";

  private static List<String> faults(String schema, String rule) {
    Faults faults = new Faults();
    SchemaRules.check(
        json(
            "{type: 'object', properties: {x: {"
                + schema
                + ", 'x-kubernetes-validations': [{rule: '"
                + rule
                + "'}]}}}"),
        "s",
        faults);
    return faults.causes().stream().map(StatusCause::line).toList();
  }

  @Test
  void rulesCompileAgainstTheirSchema() {
    assertEquals(List.of(), faults("type: 'integer'", "self < 5"));
    List<String> unknown =
        faults("type: 'object', properties: {a: {type: 'integer'}}", "self.b < 5");
    assertEquals(1, unknown.size());
    assertTrue(
        unknown
            .get(0)
            .startsWith(
                RULE
                    + "Invalid value: {\"Rule\":\"self.b < 5\",\"Message\":\"\","
                    + "\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\","
                    + "\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:5:"
                    + " undefined field 'b'\n | self.b < 5\n | ....^"),
        unknown.get(0));
    assertTrue(
        faults("type: 'integer'", "self + 1")
            .get(0)
            .endsWith("cel expression must evaluate to a bool"));
  }

  @Test
  void rulesOnBoundedValuesFit() {
    assertEquals(
        List.of(),
        faults(
            "type: 'array', maxItems: 20, items: {type: 'string', maxLength: 63}",
            "self.all(a, self.exists_one(b, a == b))"));
    assertEquals(
        List.of(),
        faults("type: 'object', properties: {size: {type: 'integer'}}", "self.size != 7"));
    assertEquals(List.of(), faults("type: 'string'", "self.size() < 10 || self == \"a\""));
  }

  @Test
  void rulesThatMayRunForeverAreRefused() {
    String budget =
        RULE + "Forbidden: estimated rule cost exceeds budget by factor of more than 100x" + HINT;
    List<String> quadratic =
        faults("type: 'array', items: {type: 'string'}", "self.all(a, self.all(b, a == b))");
    assertEquals(budget, quadratic.get(0));
    assertEquals(
        "s: Forbidden: x-kubernetes-validations estimated rule cost total for entire OpenAPIv3"
            + " schema exceeds budget by factor of more than 100x"
            + HINT,
        quadratic.get(quadratic.size() - 1));
    assertTrue(
        faults(
                "type: 'object', properties: {a: {type: 'string'}, b: {type: 'string'}}",
                "self.a.contains(self.b)")
            .get(0)
            .startsWith(RULE + "Forbidden: estimated rule cost exceeds budget"));
  }

  @Test
  void aRuleCountsForEachValueThatThereMayBe() {
    Faults faults = new Faults();
    SchemaRules.check(
        json(
            "{type: 'object', properties: {x: {type: 'array', items: {type: 'object', properties:"
                + " {a: {type: 'string', maxLength: 10000, 'x-kubernetes-validations': [{rule:"
                + " 'self.contains(\"abcdefghijklmnopqrstuvwxyz\")'}]}}}}}}"),
        "s",
        faults);
    assertTrue(
        faults.causes().get(0).line().contains("estimated rule cost exceeds budget"),
        () -> faults.causes().toString());
  }

  @Test
  void oldSelfNeedsValuesThatCanBeToldFromEachOther() {
    Faults faults = new Faults();
    SchemaRules.check(
        json(
            "{type: 'object', properties: {x: {type: 'array', maxItems: 3, items: {type: 'integer',"
                + " 'x-kubernetes-validations': [{rule: 'self == oldSelf'}]}}}}"),
        "s",
        faults);
    assertEquals(
        List.of(
            "s.properties[x].items.x-kubernetes-validations[0].rule: Invalid value: \"self =="
                + " oldSelf\": oldSelf cannot be used on the uncorrelatable portion of the schema"
                + " within s.properties[x]"),
        faults.causes().stream().map(StatusCause::line).toList());
  }

  @Test
  void defaultsKeepTheRules() {
    assertEquals(
        List.of("s.properties[x].default: Invalid value: \"integer\": failed rule: self < 5"),
        faults("type: 'integer', default: 9", "self < 5"));
    assertEquals(List.of(), faults("type: 'integer', default: 4", "self < 5"));
  }
}
