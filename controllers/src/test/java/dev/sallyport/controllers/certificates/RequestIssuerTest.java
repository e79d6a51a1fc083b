package dev.sallyport.controllers.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.config.csr.CertificateText;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.controllers.FakeObjects;
import dev.sallyport.controllers.Later;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestIssuerTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final String APPROVED = "'conditions':[{'type':'Approved','status':'True'}]";
  private static final String CLIENT = "['client auth']";

  private final CertificateAuthority ca = authority();
  private final FakeObjects objects = new FakeObjects();
  private final Later later = new Later();

  private static CertificateAuthority authority() {
    return CertificateAuthority.create("ca", NOW.minusSeconds(60), NOW.plus(Duration.ofDays(1000)));
  }

  private void start(Watched<CertificateAuthority> authority, SignerName... signers) {
    Map<SignerName, Watched<CertificateAuthority>> authorities = new EnumMap<>(SignerName.class);
    for (SignerName signer : signers) {
      authorities.put(signer, authority);
    }
    new RequestIssuer(
            objects,
            authorities,
            Clock.fixed(NOW, ZoneOffset.UTC),
            Duration.ofDays(365),
            Runnable::run,
            later)
        .start();
  }

  private void put(SignerName signer, String subject, String usages, String status)
      throws Exception {
    put(TestRequests.object(signer, TestRequests.pem(subject), "x", usages, status));
  }

  private void put(ObjectNode object) {
    objects.put(RequestObject.RESOURCE, "", object);
  }

  private JsonNode status() {
    return objects.read(RequestObject.RESOURCE, "", "r").path("status");
  }

  private X509Certificate issued() throws Exception {
    byte[] pem = Base64.getDecoder().decode(status().path("certificate").asText());
    return CertificateText.parse(pem).get(0);
  }

  @Test
  void signsAnApprovedRequest() throws Exception {
    start(Watched.fixed(ca), SignerName.values());
    put(SignerName.KUBE_APISERVER_CLIENT, "O=dev,CN=ann", CLIENT, "");
    assertFalse(status().has("certificate"), "not before it is approved");
    put(SignerName.KUBE_APISERVER_CLIENT, "O=dev,CN=ann", CLIENT, APPROVED);
    issued().verify(ca.certificate().getPublicKey());
    assertEquals("CN=ann,O=dev", issued().getSubjectX500Principal().getName());
    assertEquals(
        NOW.plus(Duration.ofDays(365)).minus(Duration.ofMinutes(5)),
        issued().getNotAfter().toInstant());
  }

  @Test
  void aRequestMayAskForLessTimeButNotForMore() throws Exception {
    start(Watched.fixed(ca), SignerName.values());
    assertEquals(NOW.plusSeconds(3600), end(3600));
    assertEquals(NOW.plus(Duration.ofDays(365)).minus(Duration.ofMinutes(5)), end(400 * 86_400));
  }

  private Instant end(int seconds) throws Exception {
    ObjectNode object =
        TestRequests.object(
            SignerName.KUBE_APISERVER_CLIENT, TestRequests.pem("CN=ann"), "x", CLIENT, APPROVED);
    object.withObjectProperty("spec").put("expirationSeconds", seconds);
    put(object);
    return issued().getNotAfter().toInstant();
  }

  @Test
  void marksWhatBreaksTheSignersRulesAsFailed() throws Exception {
    start(Watched.fixed(ca), SignerName.values());
    put(SignerName.KUBE_APISERVER_CLIENT, "CN=ann", "['client auth','server auth']", APPROVED);
    assertEquals("invalid usage for client certificate: server auth", failure());
    put(SignerName.KUBE_APISERVER_CLIENT, "CN=ann", "['digital signature']", APPROVED);
    assertEquals("missing required usage for client certificate: client auth", failure());
    put(SignerName.KUBE_APISERVER_CLIENT_KUBELET, "CN=ann", CLIENT, APPROVED);
    assertEquals("subject organization is not system:nodes", failure());
    String serving = "['digital signature','server auth']";
    put(SignerName.KUBELET_SERVING, TestRequests.NODE, serving, APPROVED);
    assertEquals("DNS or IP subjectAltName is required", failure());
  }

  private String failure() {
    JsonNode condition = status().path("conditions").path(1);
    assertEquals("Failed", condition.path("type").asText());
    assertEquals("SignerValidationFailure", condition.path("reason").asText());
    assertFalse(status().has("certificate"));
    return condition.path("message").asText();
  }

  @Test
  void signsAKubeletsServingCertificate() throws Exception {
    start(Watched.fixed(ca), SignerName.values());
    byte[] pem =
        TestRequests.pem(TestRequests.NODE, new GeneralName(GeneralName.iPAddress, "10.0.0.1"));
    put(
        TestRequests.object(
            SignerName.KUBELET_SERVING,
            pem,
            "x",
            "['digital signature','key encipherment','server auth']",
            APPROVED));
    assertEquals(List.of("1.3.6.1.5.5.7.3.1"), issued().getExtendedKeyUsage());
  }

  @Test
  void leavesOtherSignersRequestsAndDeniedOnesAlone() throws Exception {
    start(Watched.fixed(ca), SignerName.KUBELET_SERVING);
    put(SignerName.KUBE_APISERVER_CLIENT, "CN=ann", CLIENT, APPROVED);
    put(TestRequests.object("acme.example/own", TestRequests.pem("CN=a"), "x", CLIENT, APPROVED));
    assertEquals(List.of(), objects.writes);
    start(Watched.fixed(ca), SignerName.KUBE_APISERVER_CLIENT);
    put(
        SignerName.KUBE_APISERVER_CLIENT,
        "CN=ann",
        CLIENT,
        "'conditions':[{'type':'Denied','status':'True'}]");
    assertEquals(List.of(), objects.writes);
  }

  @Test
  void signsWithTheAuthorityOfTheDay(@TempDir Path folder) throws Exception {
    Path certificate = folder.resolve("ca.crt");
    Path key = folder.resolve("ca.key");
    write(ca, certificate, key);
    try (FileWatcher watcher = new FileWatcher()) {
      start(watcher.watch(List.of(certificate, key), RequestIssuerTest::read), SignerName.values());
      CertificateAuthority next = authority();
      write(next, certificate, key);
      watcher.poll();
      put(SignerName.LEGACY_UNKNOWN, "CN=ann", "['any']", APPROVED);
      issued().verify(next.certificate().getPublicKey());
    }
  }

  private static CertificateAuthority read(List<FileContent> files)
      throws dev.sallyport.config.file.InvalidFileException {
    CertifiedKey pair = CertifiedKey.parse(files.get(0), files.get(1));
    return new CertificateAuthority(pair.leaf(), pair.key());
  }

  private static void write(CertificateAuthority authority, Path certificate, Path key)
      throws Exception {
    Files.writeString(certificate, PemWriter.certificate(authority.certificate()));
    Files.writeString(key, PemWriter.privateKey(authority.key()));
  }

  @Test
  void triesAgainWhenTheAuthorityHasExpired() throws Exception {
    CertificateAuthority old =
        CertificateAuthority.create("ca", NOW.minusSeconds(60), NOW.minusSeconds(1));
    start(Watched.fixed(old), SignerName.values());
    put(SignerName.KUBE_APISERVER_CLIENT, "CN=ann", CLIENT, APPROVED);
    assertFalse(status().has("certificate"));
    assertTrue(later.size() > 0);
  }
}
