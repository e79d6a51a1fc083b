package dev.sallyport.resources.codec.canonical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ValuesTest {

  @Test
  void quantitiesTakeTheLargestSuffixThatLosesNothing() {
    assertEquals("0", Quantities.canonical("0"));
    assertEquals("0", Quantities.canonical("-0.0Gi"));
    assertEquals("1", Quantities.canonical("1000m"));
    assertEquals("1500m", Quantities.canonical("1.5"));
    assertEquals("1k", Quantities.canonical("1000"));
    assertEquals("1001", Quantities.canonical("1001"));
    assertEquals("1Gi", Quantities.canonical("1024Mi"));
    assertEquals("1536Mi", Quantities.canonical("1.5Gi"));
    assertEquals("512", Quantities.canonical("0.5Ki"));
    assertEquals("1e3", Quantities.canonical("1e3"));
    assertEquals("10e3", Quantities.canonical("1e4"));
    assertEquals("2E", Quantities.canonical("2E"));
    assertEquals("-3M", Quantities.canonical("-3000000"));
    assertEquals("5u", Quantities.canonical("0.000005"));
    assertEquals("1n", Quantities.canonical("0.0000000001"));
    assertEquals("3", Quantities.canonical("+3"));
    assertEquals("128974848", Quantities.canonical("128974848"));
    assertEquals("123Mi", Quantities.canonical("123Mi"));
  }

  @Test
  void hugeQuantitiesAreCapped() {
    assertEquals("9223372036854775807", Quantities.canonical("99999999999999999999999"));
    assertEquals("8Ei".length() + 16, Quantities.canonical("9Ei").length());
  }

  @Test
  void whatIsNoQuantityIsRefused() {
    for (String text :
        List.of("", "a", "1.2.3", "1x", "1ki", "--1", ".", "1e", "1e99999999", "1 ", "1Gii")) {
      assertThrows(DecodeFailure.class, () -> Quantities.canonical(text), text);
    }
    assertThrows(DecodeFailure.class, () -> Quantities.canonical("9".repeat(1000)));
  }

  @Test
  void timesAreUtcToTheirUnit() {
    assertEquals("2026-01-02T03:04:05Z", Times.canonical("2026-01-02T05:04:05.999+02:00", false));
    assertEquals("2026-01-02T03:04:05.120000Z", Times.canonical("2026-01-02T03:04:05.12Z", true));
    assertEquals("1970-01-01T00:00:01Z", Times.ofEpoch(1, 0, false));
    String why = assertThrows(DecodeFailure.class, () -> Times.canonical("yesterday", false)).why();
    assertEquals(
        "parsing time \"yesterday\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"yesterday\" as"
            + " \"2006\"",
        why);
    assertThrows(DecodeFailure.class, () -> Times.canonical("2026-13-02T03:04:05Z", false));
    assertThrows(DecodeFailure.class, () -> Times.ofEpoch(Long.MAX_VALUE, 0, false));
  }

  @Test
  void base64IsCheckedByteByByte() {
    assertEquals("", Base64Text.canonical(""));
    assertEquals("cQ==", Base64Text.canonical("cQ=="));
    assertEquals("cQ==", Base64Text.canonical("cR=="));
    assertEquals("cHc=", Base64Text.canonical("cH\nc="));
    assertFault("not base64!", 3);
    assertFault("%%%", 0);
    assertFault("abc", 0);
    assertFault("abcde", 4);
    assertFault("ab=c", 3);
    assertFault("=", 0);
    assertFault("ab==x", 4);
  }

  private static void assertFault(String text, int at) {
    String why = assertThrows(DecodeFailure.class, () -> Base64Text.canonical(text), text).why();
    assertTrue(why.endsWith("illegal base64 data at input byte " + at), text + ": " + why);
  }
}
