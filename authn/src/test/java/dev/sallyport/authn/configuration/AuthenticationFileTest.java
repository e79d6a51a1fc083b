package dev.sallyport.authn.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.authn.anonymous.AnonymousAccess;
import dev.sallyport.authn.token.oidc.Issuer;
import dev.sallyport.authn.token.oidc.KeyOrigin;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationFileTest {
  private static final String GOOD =
      """
      apiVersion: apiserver.config.k8s.io/v1
      kind: AuthenticationConfiguration
      jwt:
      - issuer:
          url: https://idp.example/realms/a
          discoveryURL: https://idp.internal/a/.well-known/openid-configuration
          audiences: [kube, other]
          audienceMatchPolicy: MatchAny
          egressSelectorType: controlplane
        claimValidationRules:
        - claim: hd
          requiredValue: example.com
        - expression: claims.exp - claims.nbf <= 86400
          message: a day at most
        claimMappings:
          username:
            expression: "claims.email_verified ? claims.email : claims.sub"
          groups:
            claim: groups
            prefix: ""
          uid:
            claim: sub
          extra:
          - key: example.org/team
            valueExpression: claims.team
        userValidationRules:
        - expression: "!user.username.startsWith('system:')"
          message: reserved
      anonymous:
        enabled: true
        conditions:
        - path: /livez
      """;

  @Test
  void readsAWholeFile() throws InvalidFileException {
    AuthenticationFile file = read(GOOD);
    Issuer issuer = file.issuers().get(0);
    assertEquals("https://idp.example/realms/a", issuer.url());
    assertEquals(
        URI.create("https://idp.internal/a/.well-known/openid-configuration"),
        assertInstanceOf(KeyOrigin.Discovered.class, issuer.keys()).document());
    assertEquals(Set.of("kube", "other"), issuer.audiences());
    assertEquals(2, issuer.claimRules().size());
    assertEquals(Set.of("example.org/team"), issuer.mapping().extra().keySet());
    assertEquals(1, issuer.userRules().size());
    assertEquals(Optional.of(new AnonymousAccess(true, Set.of("/livez"))), file.anonymous());
  }

  @Test
  void anEmptyConfigurationIsGood() throws InvalidFileException {
    AuthenticationFile file =
        read("apiVersion: apiserver.config.k8s.io/v1beta1\nkind: AuthenticationConfiguration\n");
    assertEquals(List.of(), file.issuers());
    assertEquals(Optional.empty(), file.anonymous());
  }

  @Test
  void anIssuersKeysMayStandBesideIt() throws InvalidFileException {
    AuthenticationFile file =
        read(
            GOOD
                + """
                ---
                apiVersion: sallyport.dev/v1alpha1
                kind: SallyportAuthentication
                allowedSystemNames: ["system:masters"]
                staticKeys:
                - issuer: https://idp.example/realms/a
                  jwks: |
                    {"keys":[{"kty":"EC","crv":"P-256","kid":"a",
                    "x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
                    "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]}
                """);
    assertInstanceOf(KeyOrigin.Given.class, file.issuers().get(0).keys());
    assertEquals(Set.of("system:masters", "system:nodes"), file.names().allowed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://idp.example/realms/a|http://idp.example/a|jwt[0].issuer.url",
        "https://idp.example/realms/a|https://a:b@idp.example/a|jwt[0].issuer.url",
        "https://idp.example/realms/a|https://idp.example/a?b=c|jwt[0].issuer.url",
        "https://idp.example/realms/a|https://idp.example/a#b|jwt[0].issuer.url",
        "https://idp.example/realms/a|https://own|jwt[0].issuer.url",
        "https://idp.example/realms/a|''|jwt[0].issuer.url",
        "https://idp.internal/a|http://idp.internal/a|jwt[0].issuer.discoveryURL",
        "[kube, other]|[]|jwt[0].issuer.audiences",
        "[kube, other]|[kube, '']|jwt[0].issuer.audiences",
        "[kube, other]|[kube, kube]|jwt[0].issuer.audiences",
        "MatchAny|MatchAll|jwt[0].issuer.audienceMatchPolicy",
        "    audienceMatchPolicy: MatchAny||jwt[0].issuer.audienceMatchPolicy",
        "controlplane|cluster|jwt[0].issuer.egressSelectorType",
        "    egressSelectorType: controlplane|    certificateAuthority: x|jwt[0].issuer.certificateAuthority",
        "    requiredValue: example.com|    expression: 'true'|jwt[0].claimValidationRules[0]",
        "  - claim: hd|  - message: x|jwt[0].claimValidationRules[0]",
        "      prefix: ''|      surfix: ''|jwt[0].claimMappings.groups.prefix",
        "      prefix: ''|      surfix: ''|jwt[0].claimMappings.groups.surfix: unknown field",
        "    message: a day at most|    requiredValue: x|jwt[0].claimValidationRules[1].requiredValue",
        "claims.exp - claims.nbf <= 86400|claims.exp - claims.nbf|jwt[0].claimValidationRules[1].expression",
        "claims.exp - claims.nbf <= 86400|claim.exp == 1|jwt[0].claimValidationRules[1].expression",
        "claims.email_verified ? claims.email : claims.sub|claims.email|jwt[0].claimMappings.username.expression",
        "claims.email_verified ? claims.email : claims.sub|1|jwt[0].claimMappings.username.expression",
        "user.username.startsWith('system:')|user.name == ''|jwt[0].userValidationRules[0].expression",
        "example.org/team|team|jwt[0].claimMappings.extra[0].key",
        "example.org/team|Example.org/team|jwt[0].claimMappings.extra[0].key",
        "example.org/team|x.k8s.io/team|jwt[0].claimMappings.extra[0].key",
        "example.org/team|kubernetes.io/team|jwt[0].claimMappings.extra[0].key",
        "      valueExpression: claims.team|      valueExpression: ''|jwt[0].claimMappings.extra[0].valueExpression",
        "  enabled: true|  enabled: false|anonymous.conditions",
        "path: /livez|path: livez|anonymous.conditions[0].path",
        "config.k8s.io/v1|config.k8s.io/v2|apiVersion",
        "kind: AuthenticationConfiguration|kind: AuthorizationConfiguration|expected one AuthenticationConfiguration",
      })
  void case113WhatIsWrongIsToldByItsPlace(String good, String bad, String place) {
    String text = GOOD.replace("\"\"", "''").replace(good, bad == null ? "" : bad);
    List<String> faults = faults(text);
    assertTrue(faults.stream().anyMatch(fault -> fault.startsWith(place)), place + " in " + faults);
  }

  @Test
  void case113AllFaultsAreToldAtOnce() {
    List<String> faults =
        faults(
            GOOD.replace("https://idp.example", "http://idp.example")
                .replace("[kube, other]", "[]")
                .replace("example.org/team", "team")
                .replace("path: /livez", "path: livez"));
    assertEquals(4, faults.size(), faults.toString());
  }

  @Test
  void case113AnIssuerTwiceIsAFault() {
    String second = GOOD.substring(GOOD.indexOf("- issuer:"), GOOD.indexOf("anonymous:"));
    List<String> faults = faults(GOOD.replace("anonymous:", second + "anonymous:"));
    assertEquals(2, faults.size(), faults.toString());
    assertTrue(faults.get(0).startsWith("jwt[1].issuer.url"), faults.toString());
  }

  @Test
  void theFlagForAnonymousRequestsExcludesTheSection() {
    InvalidFileException e =
        assertThrows(
            InvalidFileException.class,
            () ->
                AuthenticationFile.parse(
                    content(GOOD), new Surroundings(List.of(), true, List.of())));
    assertTrue(e.faults().get(0).startsWith("anonymous: "), e.faults().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- issuer: https://other.example\n  jwks: '{\"keys\":[]}'",
        "- issuer: https://idp.example/realms/a\n  jwks: '{\"keys\":[]}'",
        "- issuer: https://idp.example/realms/a\n  jwks: nothing",
        "- issuer: https://idp.example/realms/a\n  jwksFile: a",
      })
  void keysForNobodyOrNoKeysAreFaults(String keys) {
    faults(
        GOOD
            + "---\napiVersion: sallyport.dev/v1alpha1\nkind: SallyportAuthentication\nstaticKeys:\n"
            + keys
            + "\n");
  }

  private static List<String> faults(String text) {
    List<String> faults = assertThrows(InvalidFileException.class, () -> read(text)).faults();
    assertTrue(faults.stream().noneMatch(fault -> fault.contains("\n")), faults.toString());
    return faults;
  }

  private static AuthenticationFile read(String text) throws InvalidFileException {
    return AuthenticationFile.parse(
        content(text), new Surroundings(List.of("https://own"), false, List.of("system:nodes")));
  }

  private static List<FileContent> content(String text) {
    return List.of(new FileContent(Path.of("authn.yaml"), text.getBytes(StandardCharsets.UTF_8)));
  }
}
