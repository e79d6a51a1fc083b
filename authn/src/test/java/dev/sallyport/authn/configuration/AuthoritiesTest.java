package dev.sallyport.authn.configuration;

import static dev.sallyport.authn.x509.TestCertificates.NOW;
import static dev.sallyport.authn.x509.TestCertificates.authority;
import static dev.sallyport.authn.x509.TestCertificates.bundle;
import static dev.sallyport.authn.x509.TestCertificates.client;
import static dev.sallyport.authn.x509.TestCertificates.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.Results;
import dev.sallyport.authn.TestRequest;
import dev.sallyport.authn.x509.TestCertificates.Made;
import dev.sallyport.authn.x509.TrustBundle;
import dev.sallyport.authn.x509.X509Authenticator;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.PemWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Authorities of client certificates whose holders are named by expressions. */
class AuthoritiesTest {
  private Made plain;
  private Made spire;

  @BeforeEach
  void makeAuthorities() throws Exception {
    plain = authority("CN=plain").make();
    spire = authority("CN=spire").make();
  }

  @Test
  void eachAuthorityNamesItsHoldersInItsOwnWay() throws Exception {
    assertEquals("alice", user(client("CN=alice").by(plain).make()).name());
    UserInfo workload = user(workload("spiffe://prod/ns/pay/sa/api"));
    assertEquals("spiffe://prod/ns/pay/sa/api", workload.name());
    assertEquals(List.of("unit:payments"), workload.groups());
    assertTrue(workload.uid().matches("[0-9a-f]+"), workload.uid());
    assertEquals(Set.of("authentication.kubernetes.io/credential-id"), workload.extra().keySet());
  }

  @Test
  void rulesAndMissingNamesAreRefusals() throws Exception {
    assertEquals(
        "client certificate: only production", reason(workload("spiffe://test/ns/a/sa/b")));
    assertTrue(reason(client("CN=alice").by(spire).make()).startsWith("client certificate: "));
  }

  @Test
  void reservedNamesAreNotForOtherAuthoritiesToGive() throws Exception {
    Made master = workload("spiffe://prod/x", "OU=masters,CN=x");
    assertTrue(
        Results.reason(
                ask(read(document("'system:' + certificate.organizationalUnits[0]")), master))
            .contains("may not name the group system:masters"));
    assertEquals(
        List.of("system:masters"),
        Results.user(
                ask(
                    read(
                        document("'system:' + certificate.organizationalUnits[0]")
                            + "allowedSystemNames: [\"system:masters\"]\n"),
                    master))
            .groups());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "certificate.uris[0]|certificate.spiffe|x509[0].mappings.username.expression",
        "certificate.uris[0]|certificate.uris|x509[0].mappings.username.expression",
        "certificate.uris[0]||x509[0].mappings.username.expression",
        "-----BEGIN|-----BEGUN|x509[0].certificateAuthority",
        "    groups:|    gruops:|x509[0].mappings.gruops: unknown field",
        "certificate.uris.exists|certificate.uris.count|x509[0].validationRules[0].expression",
      })
  void case113WhatIsWrongIsToldByItsPlace(String good, String bad, String place) {
    String text = document("'a'").replace(good, bad == null ? "" : bad);
    InvalidFileException e = assertThrows(InvalidFileException.class, () -> read(text));
    assertTrue(e.faults().stream().anyMatch(fault -> fault.startsWith(place)), e.getMessage());
  }

  private Made workload(String id) throws Exception {
    return workload(id, "OU=payments,CN=x");
  }

  private Made workload(String id, String subject) throws Exception {
    return client(subject)
        .with(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, id)))
        .by(spire)
        .make();
  }

  private UserInfo user(Made made) throws Exception {
    return Results.user(ask(read(known()), made));
  }

  private String reason(Made made) throws Exception {
    return Results.reason(ask(read(known()), made));
  }

  private String known() {
    return document("'unit:' + certificate.organizationalUnits[0]");
  }

  private Answer<AuthenticationResult> ask(AuthenticationFile file, Made made) throws Exception {
    TrustBundle both = bundle(plain).and(file.authorities());
    Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
    return new X509Authenticator(() -> both, clock, Runnable::run)
        .authenticate(new TestRequest().from(peer(made)));
  }

  private String document(String groups) {
    return """
        apiVersion: apiserver.config.k8s.io/v1
        kind: AuthenticationConfiguration
        ---
        apiVersion: sallyport.dev/v1alpha1
        kind: SallyportAuthentication
        x509:
        - certificateAuthority: |
        %s
          validationRules:
          - expression: certificate.uris.exists(u, u.startsWith('spiffe://prod/'))
            message: only production
          mappings:
            username: {expression: "certificate.uris[0]"}
            groups: {expression: "%s"}
            uid: {expression: certificate.serialNumber}
        """
        .formatted(PemWriter.certificate(spire.certificate()).indent(4).stripTrailing(), groups);
  }

  private static AuthenticationFile read(String text) throws InvalidFileException {
    return AuthenticationFile.parse(
        List.of(new FileContent(Path.of("authn.yaml"), text.getBytes(StandardCharsets.UTF_8))),
        new Surroundings(List.of(), false, List.of()));
  }
}
