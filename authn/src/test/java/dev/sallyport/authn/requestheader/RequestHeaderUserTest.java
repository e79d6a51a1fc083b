package dev.sallyport.authn.requestheader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.Credential;
import dev.sallyport.authn.TestRequest;
import dev.sallyport.config.RequestHeaderConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestHeaderUserTest {
  private final RequestHeaderUser users =
      new RequestHeaderUser(
          new RequestHeaderConfig(
              Path.of("unused.crt"),
              List.of(),
              List.of("X-Remote-User", "X-Alt-User"),
              List.of("X-Remote-Uid"),
              List.of("X-Remote-Group", "X-Team"),
              List.of("X-Remote-Extra-")));

  @Test
  void readsUserUidAndGroupsInTheOrderOfTheirHeaders() {
    TestRequest request =
        new TestRequest()
            .with("X-Team", "t")
            .with("x-remote-user", "ann")
            .with("X-Remote-Group", "g1")
            .with("X-REMOTE-GROUP", "")
            .with("X-Remote-Group", "g2")
            .with("X-Remote-Uid", "77");
    assertEquals(new UserInfo("ann", "77", List.of("g1", "g2", "t"), Map.of()), user(request));
  }

  @Test
  void case119FirstOfSeveralNamesCounts() {
    assertEquals(
        "ann",
        user(new TestRequest().with("X-Remote-User", "ann").with("X-Remote-User", "bob")).name());
    assertEquals(
        "alt", user(new TestRequest().with("X-Alt-User", "alt").with("X-Remote-User", "")).name());
  }

  @Test
  void case119And121GroupsAloneMakeNoUser() {
    assertEquals(
        Abstained.INSTANCE,
        of(
            new TestRequest()
                .with("X-Remote-User", "")
                .with("X_Remote_User", "root")
                .with("X-Remote-Group", "system:masters")));
  }

  @ParameterizedTest
  @CsvSource({
    "X-Remote-Extra-Scopes, scopes",
    "x-remote-extra-SCOPES, scopes",
    "X-Remote-Extra-Acme.com%2Fproject, acme.com/project",
    "X-Remote-Extra-a.b%2Fc, a.b/c",
    "X-Remote-Extra-100%, 100%",
    "X-Remote-Extra-%zz%2f, %zz%2f",
    "X-Remote-Extra-%2, %2",
    "X-Remote-Extra-z%C3%AB, zë"
  })
  void case121ExtraKeysAreUnescapedInLowerCaseUnlessMalformed(String header, String key) {
    assertEquals(
        Map.of(key, List.of("p%20q")),
        user(new TestRequest().with("X-Remote-User", "ann").with(header, "p%20q")).extra());
  }

  @Test
  void gathersAllValuesOfAnExtraKey() {
    TestRequest request =
        new TestRequest()
            .with("X-Remote-User", "ann")
            .with("X-Remote-Extra-Scopes", "read")
            .with("x-remote-extra-scopes", "write");
    assertEquals(Map.of("scopes", List.of("read", "write")), user(request).extra());
  }

  @Test
  void readsBytesThatAreUtf8() {
    String sent = new String("zoë".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertEquals("zoë", user(new TestRequest().with("X-Remote-User", sent)).name());
    assertEquals("zoë", user(new TestRequest().with("X-Remote-User", "zoë")).name());
    assertEquals("Ωmega", user(new TestRequest().with("X-Remote-User", "Ωmega")).name());
  }

  private UserInfo user(TestRequest request) {
    return assertInstanceOf(Authenticated.class, of(request)).user();
  }

  private AuthenticationResult of(TestRequest request) {
    return users.of(request.headers(), request.audiences(), Credential.NONE);
  }
}
