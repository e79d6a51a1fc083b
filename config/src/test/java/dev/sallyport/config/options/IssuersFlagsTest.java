package dev.sallyport.config.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.ConfigException;
import dev.sallyport.config.Fault;
import dev.sallyport.config.IssuersConfig;
import dev.sallyport.config.OidcConfig;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuersFlagsTest {

  @Test
  void twoFlagsMakeAnIssuerWithKubeApiserversDefaults() {
    OidcConfig oidc = oidc("--oidc-issuer-url=https://idp/realm", "--oidc-client-id=kube");
    assertEquals("sub", oidc.usernameClaim());
    assertEquals("https://idp/realm#", oidc.usernamePrefix());
    assertEquals("", oidc.groupsClaim());
    assertEquals(List.of("RS256"), oidc.signingAlgorithms());
    assertEquals(Map.of(), oidc.requiredClaims());
  }

  @Test
  void mailAddressesNeedNoPrefixAndADashMeansNone() {
    String[] known = {"--oidc-issuer-url=https://idp", "--oidc-client-id=kube"};
    assertEquals("", oidc(known[0], known[1], "--oidc-username-claim=email").usernamePrefix());
    assertEquals("", oidc(known[0], known[1], "--oidc-username-prefix=-").usernamePrefix());
    assertEquals("x:", oidc(known[0], known[1], "--oidc-username-prefix=x:").usernamePrefix());
  }

  @Test
  void requiredClaimsAreRepeated() {
    assertEquals(
        Map.of("hd", "example.com", "tier", "a=b"),
        oidc(
                "--oidc-issuer-url=https://idp",
                "--oidc-client-id=kube",
                "--oidc-required-claim=hd=example.com",
                "--oidc-required-claim=tier=a=b")
            .requiredClaims());
  }

  @ParameterizedTest
  @CsvSource({
    "--oidc-issuer-url=http://idp, --oidc-issuer-url, an https URL with a host",
    "--oidc-issuer-url=https://a@idp, --oidc-issuer-url, an URL without a user name or password",
    "--oidc-issuer-url=https://idp?a=b, --oidc-issuer-url, an URL without a query",
    "--oidc-issuer-url=https://idp#a, --oidc-issuer-url, an URL without a fragment",
    "--oidc-signing-algs=HS256, --oidc-signing-algs, RS256",
    "--oidc-required-claim=hd, --oidc-required-claim, name=value",
    "--oidc-username-claim=, --oidc-username-claim, a claim's name",
    "--allowed-system-names=admins, --allowed-system-names, begins with system:",
  })
  void case113WrongIssuerFlagsAreRefusedByName(String flag, String name, String expected) {
    List<Fault> faults = faults("--oidc-client-id=kube", "--oidc-issuer-url=https://idp", flag);
    assertEquals(1, faults.size(), faults.toString());
    assertEquals(name, faults.get(0).flag());
    assertTrue(faults.get(0).expected().contains(expected), faults.toString());
  }

  @Test
  void anIssuerWithoutAClientIsHalfOfIt() {
    assertEquals("--oidc-client-id", faults("--oidc-issuer-url=https://idp").get(0).flag());
    assertEquals(2, faults("--oidc-groups-claim=groups").size());
  }

  @Test
  void theFileExcludesTheFlags() {
    List<Fault> faults = faults("--authentication-config=a.yaml", "--oidc-issuer-url=https://idp");
    assertEquals("--authentication-config", faults.get(0).flag());
  }

  @Test
  void everyFaultOfTheFileIsALineOfItsOwn() {
    FileChecks checks =
        new FileChecks(
            file -> {},
            file -> {},
            file -> {},
            file -> {},
            file -> {},
            (file, authorities) -> {},
            (file, issuers, anonymous) -> {
              assertEquals(List.of("https://own"), issuers);
              assertTrue(anonymous);
              throw new InvalidFileException(file, List.of("jwt[0]: wrong", "jwt[1]: wrong"));
            },
            file -> {},
            reference -> {});
    ConfigException told =
        assertThrows(
            ConfigException.class,
            () ->
                ServerOptions.read(
                    List.of(
                        "--authentication-config=a.yaml",
                        "--anonymous-auth=false",
                        "--service-account-issuer=https://own"),
                    checks));
    assertEquals(
        "--authentication-config: \"a.yaml\" (expected: an AuthenticationConfiguration; jwt[0]:"
            + " wrong)\n"
            + "--authentication-config: \"a.yaml\" (expected: an AuthenticationConfiguration;"
            + " jwt[1]: wrong)",
        told.getMessage());
  }

  @Test
  void withoutFlagsThereIsNoIssuer() {
    assertEquals(IssuersConfig.NONE, issuers());
    assertEquals(Path.of("a.yaml"), issuers("--authentication-config=a.yaml").file().orElseThrow());
  }

  private static OidcConfig oidc(String... args) {
    return issuers(args).oidc().orElseThrow();
  }

  private static IssuersConfig issuers(String... args) {
    Invocation read = ServerOptions.read(List.of(args), FileChecks.NONE);
    return ((Invocation.Serve) read).config().authentication().issuers();
  }

  private static List<Fault> faults(String... args) {
    return assertThrows(
            ConfigException.class, () -> ServerOptions.read(List.of(args), FileChecks.NONE))
        .faults();
  }
}
