package dev.sallyport.authn.token.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.Results;
import dev.sallyport.authn.TestRequest;
import dev.sallyport.authn.union.AuthenticatedGroup;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFileTest {

  @Test
  void readsUserUidAndGroups() throws Exception {
    assertEquals(user("tom", "u3", "dev", "ops"), find("tok,tom,u3,\"dev,ops\"\n", "tok"));
    assertEquals(user("plain", "u1"), find("tok,plain,u1\n", "tok"));
    assertEquals(user("nouid", ""), find("tok,nouid,", "tok"));
  }

  @Test
  void case82ReadsCsvAsGoDoes() throws Exception {
    assertEquals(user("comma", "u6"), find("\"tok,comma\",comma,u6", "tok,comma"));
    assertEquals(
        user("o\"hara", "u7", "a", "b", "a"), find("t,\"o\"\"hara\",u7,\"a,b,a\"\r\n", "t"));
    assertEquals(user(" spaced ", "u8", " x ", " y "), find("t, spaced ,u8,\" x , y \"", "t"));
    assertEquals(user("more", "u11", "g1"), find("t,more,u11,g1,g2,g3", "t"));
    assertEquals(user("two\nlines", "u"), find("t,\"two\r\nlines\",u", "t"));
    assertEquals(user("zoë", "u12", "équipe"), find("\n\r\n\nt,zoë,u12,équipe\n\n", "t"));
    assertEquals(user("b", "c\r", ""), find("t,b,c\r,", "t"));
  }

  @Test
  void case83LastLineOfATokenWins() throws Exception {
    assertEquals(user("second", "u10"), find("t,first,u9\nt,second,u10\n", "t"));
  }

  @ParameterizedTest
  @MethodSource("brokenRows")
  void case83BrokenRowIsRefusedByItsLineAndWithoutTheToken(String csv, int line) {
    InvalidFileException fault =
        assertThrows(InvalidFileException.class, () -> parse(csv, StandardCharsets.UTF_8));
    String message = Objects.requireNonNull(fault.getMessage());
    assertTrue(message.startsWith("tokens.csv: line " + line + ": "), message);
    assertFalse(message.contains("secret"), message);
  }

  static List<Arguments> brokenRows() {
    return List.of(
        Arguments.of("secret-token,user", 1),
        Arguments.of("a,b,c\n\nsecret-token\n", 3),
        Arguments.of("a,b,c\nsecret-token,,u\n", 2),
        Arguments.of("secret-token,us\"er,u", 1),
        Arguments.of("secret-token,\"user,u\n\n", 1),
        Arguments.of("secret-token,\"user\" ,u", 1),
        Arguments.of("a,b,c\n\"secret-token\"x,user,u", 2));
  }

  @Test
  void case85ByteOrderMarkIsRemoved() throws Exception {
    assertEquals(user("ann", "u"), find("\ufefft,ann,u", "t"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1"})
  void case85OtherEncodingsAreRefused(String charset) {
    assertThrows(InvalidFileException.class, () -> parse("t,zoë,u\n", Charset.forName(charset)));
  }

  @Test
  void skipsAnEmptyToken() throws Exception {
    assertNull(find(",nobody,u\n", ""));
  }

  @Test
  void case86TokensThatHashAlikeAreFoundByTheirDigest() throws Exception {
    StringBuilder csv = new StringBuilder();
    for (int i = 0; i < 1 << 12; i++) {
      csv.append(alike(i)).append(",user").append(i).append(",u\n");
    }
    TokenFile file = parse(csv.toString(), StandardCharsets.UTF_8);
    assertEquals(alike(0).hashCode(), alike(4095).hashCode());
    for (int i = 0; i < 1 << 12; i++) {
      assertEquals("user" + i, Objects.requireNonNull(file.find(alike(i))).name());
    }
    assertNull(file.find(alike(1).repeat(2)));
  }

  @Test
  void case86WrongTokensWithLongCommonPrefixesAreNobodys() throws Exception {
    String prefix = "x".repeat(1000);
    TokenFile file = parse(prefix + "-right,ann,u\n", StandardCharsets.UTF_8);
    for (int i = 0; i < 100_000; i++) {
      assertNull(file.find(prefix + "-" + i));
    }
    assertNotNull(file.find(prefix + "-right"));
  }

  @Test // attack case 106
  void isGoodForTheApisAudiencesOnly() throws Exception {
    TokenFile file = parse("t,ann,u", StandardCharsets.UTF_8);
    TokenFileAuthenticator authenticator = new TokenFileAuthenticator(() -> file, TestRequest.API);
    assertEquals(
        new Authenticated(user("ann", "u"), TestRequest.API),
        Results.of(authenticator.authenticate("t", TestRequest.API)));
    Audiences both = new Audiences(List.of("vault", TestRequest.API.names().get(0)));
    assertEquals(
        new Authenticated(user("ann", "u"), TestRequest.API),
        Results.of(authenticator.authenticate("t", both)));
    Results.assertAbstained(authenticator.authenticate("t", new Audiences(List.of("vault"))));
    Results.assertAbstained(authenticator.authenticate("unknown", TestRequest.API));
  }

  /** 2^12 texts with one hash code: "Aa" and "BB" have the same. */
  private static String alike(int number) {
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < 12; bit++) {
      text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString();
  }

  private static UserInfo user(String name, String uid, String... groups) {
    return AuthenticatedGroup.of(new UserInfo(name, uid, List.of(groups), Map.of()));
  }

  private static @Nullable UserInfo find(String csv, String token) throws InvalidFileException {
    TokenFile file = parse(csv, StandardCharsets.UTF_8);
    assertNotNull(file);
    return file.find(token);
  }

  private static TokenFile parse(String csv, Charset charset) throws InvalidFileException {
    return TokenFile.parse(List.of(new FileContent(Path.of("tokens.csv"), csv.getBytes(charset))));
  }
}
