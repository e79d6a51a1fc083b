package dev.sallyport.expressions.cel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.expressions.Evaluation;
import dev.sallyport.expressions.Evaluation.Failed;
import dev.sallyport.expressions.Evaluation.Value;
import dev.sallyport.expressions.InvalidExpressionException;
import dev.sallyport.expressions.JsonValues;
import dev.sallyport.expressions.ValueType.ListOf;
import dev.sallyport.expressions.ValueType.MapOf;
import dev.sallyport.expressions.ValueType.Simple;
import dev.sallyport.expressions.ValueType.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  private static final Struct USER =
      new Struct(
          "User",
          Map.of(
              "username", Simple.STRING,
              "groups", new ListOf(Simple.STRING),
              "extra", new MapOf(new ListOf(Simple.STRING))));
  private static final ExpressionCompiler COMPILER =
      new ExpressionCompiler(Map.of("claims", new MapOf(Simple.ANY), "user", USER));

  private final Map<String, ?> input =
      Map.of(
          "claims",
          json(
              """
              {"name":"jane","exp":1800000000,"nbf":1799990000,"groups":["dev","qa",""],"mixed":[1,"a"],
               "nothing":null,"ratio":0.5,"email":"jane@example.com","address":{"city":"Bonn"}}
              """),
          "user",
          Map.of("username", "jane", "groups", List.of("dev", "system:nodes")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "claims.exp - claims.nbf <= 86400",
        "claims.name + ':x' == 'jane:x'",
        "has(claims.name) && !has(claims.surname)",
        "claims.ratio < 1",
        "claims.nothing == null",
        "claims['address'].city.lowerAscii() == 'bonn'",
        "claims.?surname.orValue('none') == 'none'",
        "claims.name.split('a').size() == 2",
        "claims.name.matches('^j.*e$')",
        "sets.contains(claims.groups, ['dev'])",
        "user.groups.exists(g, g.startsWith('system:'))",
        "!has(user.extra)",
        "type(claims.exp) == int",
        "claims.groups.all(i, g, i >= 0)",
        "timestamp('2026-01-01T00:00:00Z') < timestamp('2026-01-02T00:00:00Z')",
      })
  void speaksTheLanguage(String text) throws InvalidExpressionException {
    assertEquals(new Value<>(true), COMPILER.bool(text).evaluate(input), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "claims.",
        "nobody.name",
        "user.surname == ''",
        "user.username == 1",
        "1 + 1",
        "'text'",
        "claims.name",
        "claims.exp - claims.nbf",
        "user.groups.map(g, g + 1)",
      })
  void refusesWhatCannotBeTrueOrFalse(String text) {
    String fault =
        assertThrows(InvalidExpressionException.class, () -> COMPILER.bool(text)).fault();
    assertFalse(fault.contains("\n"), fault);
  }

  @Test
  void aMissingKeyIsAFailureNotAnException() throws InvalidExpressionException {
    Failed<?> failed =
        assertInstanceOf(Failed.class, COMPILER.bool("claims.surname == 'x'").evaluate(input));
    assertTrue(failed.reason().contains("surname"), failed.reason());
  }

  @Test
  void aValueOfAnotherTypeIsAFailure() throws InvalidExpressionException {
    assertInstanceOf(Failed.class, COMPILER.string("claims.exp").evaluate(input));
    assertInstanceOf(Failed.class, COMPILER.strings("claims.mixed").evaluate(input));
    assertInstanceOf(Failed.class, COMPILER.strings("claims.address").evaluate(input));
  }

  @Test
  void stringsAreOneOrMany() throws InvalidExpressionException {
    assertEquals(
        new Value<>(List.of("dev", "qa")), COMPILER.strings("claims.groups").evaluate(input));
    assertEquals(new Value<>(List.of("jane")), COMPILER.strings("claims.name").evaluate(input));
    assertEquals(new Value<>(List.of()), COMPILER.strings("claims.nothing").evaluate(input));
    assertEquals(
        new Value<>(List.of("idp-dev", "idp-qa", "idp-")),
        COMPILER.strings("dyn(claims.groups).map(g, 'idp-' + string(g))").evaluate(input));
  }

  @Test
  void loopsAreBounded() throws InvalidExpressionException {
    List<Long> many = new ArrayList<>();
    for (long i = 0; i < 1_000; i++) {
      many.add(i);
    }
    Evaluation<Boolean> result =
        COMPILER
            .bool("claims.n.all(a, claims.n.all(b, a + b >= 0))")
            .evaluate(Map.of("claims", Map.of("n", many)));
    Failed<?> failed = assertInstanceOf(Failed.class, result);
    assertTrue(failed.reason().contains("budget exceeded"), failed.reason());
  }

  @Test
  void knowsWhatItReads() throws InvalidExpressionException {
    assertTrue(COMPILER.bool("claims.email == ''").reads("claims", "email"));
    assertTrue(COMPILER.bool("claims['email'] == ''").reads("claims", "email"));
    assertTrue(COMPILER.bool("claims.?email.hasValue()").reads("claims", "email"));
    assertTrue(COMPILER.bool("has(claims.email)").reads("claims", "email"));
    assertFalse(COMPILER.bool("claims.address.email == ''").reads("claims", "email"));
    assertFalse(COMPILER.bool("user.username == 'email'").reads("claims", "email"));
  }

  private static Object json(String text) {
    try {
      return JsonValues.of(new ObjectMapper().readTree(text));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
