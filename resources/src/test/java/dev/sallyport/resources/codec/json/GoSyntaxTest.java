package dev.sallyport.resources.codec.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sallyport.resources.codec.canonical.DecodeFailure;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GoSyntaxTest {

  @Test
  void namesWhatStandsWhereItMustNot() {
    assertWhy("{", "unexpected end of JSON input");
    assertWhy("", "unexpected end of JSON input");
    assertWhy("{\"a\"", "unexpected end of JSON input");
    assertWhy("x", "invalid character 'x' looking for beginning of value");
    assertWhy("{x}", "invalid character 'x' looking for beginning of object key string");
    assertWhy("{\"a\" 1}", "invalid character '1' after object key");
    assertWhy("{\"a\":1 2}", "invalid character '2' after object key:value pair");
    assertWhy("{\"a\":[1 2]}", "invalid character '2' after array element");
    assertWhy("{\"a\":1,}", "invalid character '}' looking for beginning of object key string");
    assertWhy("{} x", "invalid character 'x' after top-level value");
    assertWhy("{\"a\":\"\n\"}", "invalid character '\\n' in string literal");
    assertWhy("{\"a\":\"\\q\"}", "invalid character 'q' in string escape code");
    assertWhy("{\"a\":\"\\u00g0\"}", "invalid character 'g' in \\u hexadecimal character escape");
    assertWhy("{\"a\":tru}", "invalid character '}' in literal true (expecting 'e')");
    assertWhy("{\"a\":-}", "invalid character '}' in numeric literal");
    assertWhy("{\"a\":1.}", "invalid character '}' after decimal point in numeric literal");
    assertWhy("{\"a\":1e}", "invalid character '}' in exponent of numeric literal");
    assertWhy("{\"a\":01}", "invalid character '1' after object key:value pair");
    assertWhy("{'a':1}", "invalid character '\\'' looking for beginning of object key string");
  }

  @Test
  void numbersMayNotBeEndless() {
    assertWhy("{\"a\":" + "9".repeat(5000) + "}", "a number or string is longer than allowed");
  }

  @Test
  void utf8IsCheckedStrictly() {
    assertThrows(DecodeFailure.class, () -> Utf8.check(new byte[] {(byte) 0xC0, (byte) 0x80}));
    assertThrows(
        DecodeFailure.class, () -> Utf8.check(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}));
    assertThrows(DecodeFailure.class, () -> Utf8.check(new byte[] {(byte) 0xE2, (byte) 0x82}));
    assertThrows(
        DecodeFailure.class,
        () -> Utf8.check(new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80}));
    Utf8.check("a\u00e4\u20ac\ud83d\ude00".getBytes(StandardCharsets.UTF_8));
  }

  private static void assertWhy(String json, String why) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertEquals(why, assertThrows(DecodeFailure.class, () -> JsonInput.kind(bytes), json).why());
  }
}
