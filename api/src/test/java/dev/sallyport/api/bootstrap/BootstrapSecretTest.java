package dev.sallyport.api.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapSecretTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abcdef",
        "abcdef.",
        ".0123456789abcdef",
        "abcdef.0123456789abcde",
        "abcdef.0123456789abcdef0",
        "Abcdef.0123456789abcdef",
        "abcdef.0123456789abcdeF",
        "abcdef-0123456789abcdef",
        "abcd\u0661f.0123456789abcdef",
        "abcdef.0123456789abcde\uff16",
        "abcdef.0123456789abcde\n"
      })
  void onlySixAndSixteenSmallLettersAndDigitsAreAToken(String text) {
    assertNull(BootstrapToken.parse(text));
  }

  @Test
  void printsNoSecret() {
    BootstrapToken token = BootstrapToken.parse("abcdef.0123456789abcdef");
    assertEquals("abcdef.***", String.valueOf(token));
    assertFalse(secret("token-secret", "0123456789abcdef").toString().contains("0123"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T12:00:00Z, true",
    "2026-03-01T11:59:59.999Z, true",
    "2026-03-01T12:00:00.001Z, false",
    "2026-03-01T13:00:00+01:00, true",
    "2026-03-01T13:00:01+01:00, false",
    "2026-03-01T06:59:00-05:00, true",
    "soon, true",
    "2030-01-01, true",
    "2030-01-01T00:00Z, true",
    "2030-01-01t00:00:00z, true",
    "2030-01-01T00:00:00, true",
    "2030-01-01T00:00:00+0100, true",
    "2030-13-01T00:00:00Z, true"
  })
  void endsAtItsTimeAndAtOnceWhenThatIsNoTime(String expiration, boolean expired) {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    assertEquals(expired, secret("expiration", expiration).expired(now));
  }

  @Test
  void neverEndsWithoutATime() {
    assertEquals(Optional.empty(), secret("expiration", "").expiration());
    assertFalse(secret("expiration", "").expired(Instant.MAX));
  }

  @Test
  void sortsItsGroupsAndNamesEachOnce() {
    assertEquals(
        Optional.of(
            List.of(
                "system:bootstrappers", "system:bootstrappers:a-1:b", "system:bootstrappers:z")),
        secret(
                "auth-extra-groups",
                "system:bootstrappers:z,system:bootstrappers:a-1:b,system:bootstrappers:z")
            .groups());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "admins",
        "system:masters",
        "system:bootstrappers",
        "system:bootstrappers:",
        "system:bootstrappers:a-",
        "system:bootstrappers:A",
        "system:bootstrappers:a, system:bootstrappers:b",
        "system:bootstrappers:a,",
        ",system:bootstrappers:a",
        "system:bootstrappers:a\n"
      })
  void aGroupThatIsNoBootstrappersSpoilsAll(String groups) {
    assertEquals(Optional.empty(), secret("auth-extra-groups", groups).groups());
  }

  @Test
  void groupsHaveALongestName() {
    assertTrue(BootstrapSecret.isExtraGroup("system:bootstrappers:" + "a".repeat(256)));
    assertFalse(BootstrapSecret.isExtraGroup("system:bootstrappers:" + "a".repeat(257)));
  }

  @Test
  void isNamedAfterItsToken() {
    assertTrue(secret("token-id", "abcdef").hasItsOwnId());
    assertFalse(secret("token-id", "others").hasItsOwnId());
    assertFalse(
        new BootstrapSecret("bootstrap-token-ABCDEF", "", false, Map.of("token-id", "ABCDEF"))
            .hasItsOwnId());
  }

  private static BootstrapSecret secret(String key, String value) {
    return new BootstrapSecret(
        "bootstrap-token-abcdef", BootstrapSecret.TYPE, false, Map.of(key, value));
  }
}
