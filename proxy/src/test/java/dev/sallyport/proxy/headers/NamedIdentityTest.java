package dev.sallyport.proxy.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.UserInfo;
import dev.sallyport.config.IdentityConfig;
import dev.sallyport.config.IdentityHeaderNames;
import dev.sallyport.config.JwtIdentityConfig;
import dev.sallyport.config.UpstreamIdentity;
import dev.sallyport.proxy.UpstreamException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedIdentityTest {

  private static final UserInfo ANN =
      new UserInfo("ann", "7", List.of("a", "b"), Map.of("x/y", List.of("1", "2")));

  private final IdentityHeaders joined =
      named(new IdentityHeaderNames("x-user", "", "x-groups", "", "|"));

  @Test
  void groupsStandInOneLine() throws Exception {
    assertEquals(List.of("x-user: ann", "x-groups: a|b"), lines(joined, ANN));
  }

  @Test
  void everyGroupHasItsLineWithoutASeparator() throws Exception {
    IdentityHeaders each =
        named(new IdentityHeaderNames("X-User", "X-Id", "X-Group", "X-More-", ""));
    assertEquals(
        List.of(
            "X-User: ann",
            "X-Id: 7",
            "X-Group: a",
            "X-Group: b",
            "X-More-x%2Fy: 1",
            "X-More-x%2Fy: 2"),
        lines(each, ANN));
  }

  @Test
  void aGroupThatHoldsTheSeparatorIsNotTakenForTwo() {
    UserInfo sly = new UserInfo("ann", "", List.of("dev|system:masters"), Map.of());
    assertThrows(UpstreamException.class, () -> lines(joined, sly));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nx-groups: system:masters", "a\nb", "a\u0000", "a\u007f", "\t"})
  void case171ControlCharactersInUserGroupOrExtraAreRefused(String text) {
    IdentityHeaders each =
        named(new IdentityHeaderNames("X-User", "X-Id", "X-Group", "X-More-", ""));
    for (UserInfo user :
        List.of(
            new UserInfo(text, "", List.of(), Map.of()),
            new UserInfo("ann", text, List.of(), Map.of()),
            new UserInfo("ann", "", List.of(text), Map.of()),
            new UserInfo("ann", "", List.of(), Map.of("k", List.of(text))))) {
      assertThrows(UpstreamException.class, () -> lines(each, user), user.toString());
      assertThrows(
          UpstreamException.class,
          () -> lines(PrefixedIdentity.FRONT_PROXY, user),
          user.toString());
    }
  }

  @Test
  void case171ControlCharactersInAnExtraKeyArePercentEncoded() throws Exception {
    UserInfo user = new UserInfo("ann", "", List.of(), Map.of("a\r\nb", List.of("1")));
    assertEquals(
        List.of("X-Remote-User: ann", "X-Remote-Extra-a%0D%0Ab: 1"),
        lines(PrefixedIdentity.FRONT_PROXY, user));
  }

  @Test
  void theClientsOwnCopiesAreClaimedInEverySpelling() {
    for (String name : List.of("x-user", "X-User", "X_USER", "x_groups", "X-GROUPS")) {
      assertTrue(joined.claims(name), name);
    }
    assertFalse(joined.claims("x-user-agent"));
    assertFalse(joined.claims("user"));
    IdentityHeaders more = named(new IdentityHeaderNames("U", "", "G", "X-More-", ""));
    assertTrue(more.claims("x_more_anything"));
  }

  @Test
  void aMintedTokenTakesThePlaceOfTheClientsHeader() throws Exception {
    IdentityHeaders minted =
        IdentityHeaders.of(
            new IdentityConfig(
                UpstreamIdentity.JWT,
                IdentityHeaderNames.USUAL,
                Optional.of(
                    new JwtIdentityConfig(
                        List.of("shop"),
                        "X-Id-Token",
                        JwtIdentityConfig.LIFETIME,
                        Optional.empty()))),
            caller -> "t-" + caller.name());
    assertEquals(List.of("X-Id-Token: t-ann"), lines(minted, ANN));
    assertTrue(minted.claims("x_id_token"));
    assertFalse(minted.claims("x-id-token-2"));
  }

  private static IdentityHeaders named(IdentityHeaderNames names) {
    return IdentityHeaders.of(
        new IdentityConfig(UpstreamIdentity.HEADERS, names, Optional.empty()),
        caller -> {
          throw new AssertionError("no token is wanted");
        });
  }

  private static List<String> lines(IdentityHeaders identity, UserInfo user)
      throws UpstreamException {
    List<String> lines = new ArrayList<>();
    identity.write(user, (name, value) -> lines.add(name + ": " + value));
    return lines;
  }
}
