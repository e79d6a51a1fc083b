package dev.sallyport.resources.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Status;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.config.pki.KeyPairs;
import dev.sallyport.resources.ResourceDefinition;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a CertificateSigningRequest may say and how it may change, through the registry. */
class CertificateSigningRequestTest {

  private static final String APPROVED =
      "{'type':'Approved','status':'True','reason':'r','message':'m'}";
  private static final String DENIED = "{'type':'Denied','status':'True'}";

  private static String request = "";
  private static String certificate = "";

  private final RegistryFixture fixture = new RegistryFixture();
  private final ResourceDefinition resource =
      fixture.resource("certificates.k8s.io", "v1", "certificatesigningrequests");

  @BeforeAll
  static void makeRequest() throws Exception {
    KeyPair keys = KeyPairs.ecP256();
    byte[] der =
        new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=ann"), keys.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
            .getEncoded();
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    request =
        base64(
            "-----BEGIN CERTIFICATE REQUEST-----\n"
                + lines
                + "\n-----END CERTIFICATE REQUEST-----\n");
    CertificateAuthority any =
        CertificateAuthority.create("ca", Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
    certificate = base64(PemWriter.certificate(any.certificate()));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void notesWhoAsksWhateverTheBodySays() {
    ObjectNode made = create("'username':'root','groups':['x'],'uid':'y','extra':{'a':['b']}");
    JsonNode spec = made.path("spec");
    assertEquals("tester", spec.path("username").asText());
    assertEquals("[\"system:masters\"]", spec.path("groups").toString());
    assertFalse(spec.has("uid"));
    assertFalse(spec.has("extra"));
    assertEquals("{}", made.path("status").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'signerName':'nodomain' | spec.signerName: Invalid value: \"nodomain\": must be a fully qualified domain and path of the form 'example.com/signer-name'",
        "'signerName':'com/x' | spec.signerName: Invalid value: \"com\": should be a domain with at least two segments separated by dots",
        "'signerName':'kubernetes.io/legacy-unknown' | spec.signerName: Invalid value: \"kubernetes.io/legacy-unknown\": the legacy signerName is not allowed via this API version",
        "'usages':[] | spec.usages: Required value",
        "'usages':['any','any'] | spec.usages[1]: Duplicate value: \"any\"",
        "'expirationSeconds':599 | spec.expirationSeconds: Invalid value: 599: may not specify a duration less than 600 seconds (10 minutes)",
      })
  void refusesWhatNoSignerCouldUse(String change, String cause) {
    Status refused = RegistryFixture.refusal(() -> create(change));
    assertEquals(422, refused.code());
    assertTrue(refused.message().endsWith(" is invalid: " + cause), refused.message());
  }

  @Test
  void whatIsAskedNeverChanges() {
    ObjectNode made = create("'expirationSeconds':600");
    ObjectNode changed = put("", "'expirationSeconds':900", "'certificate':'" + certificate + "'");
    assertEquals(made.path("spec"), changed.path("spec"));
    assertEquals(made.path("status"), changed.path("status"));
    assertEquals(
        made.path("spec"),
        put("approval", "'expirationSeconds':900", conditions(APPROVED)).path("spec"));
    assertEquals(
        made.path("spec"),
        put("status", "'expirationSeconds':900", conditions(APPROVED)).path("spec"));
  }

  @Test
  void theApprovalSetsConditionsAndNothingElse() {
    create("");
    ObjectNode approved =
        put("approval", "", conditions(APPROVED) + ",'certificate':'" + certificate + "'");
    JsonNode condition = approved.path("status").path("conditions").path(0);
    assertEquals("Approved", condition.path("type").asText());
    assertEquals("2026-11-22T08:00:00Z", condition.path("lastUpdateTime").asText());
    assertEquals("2026-11-22T08:00:00Z", condition.path("lastTransitionTime").asText());
    assertFalse(approved.path("status").has("certificate"));
  }

  @Test
  void aVerdictStaysAndIsTheOnlyOne() {
    create("");
    put("approval", "", conditions(APPROVED));
    assertEquals(
        "updates may not remove a condition of type \"Approved\"",
        cause(() -> put("approval", "", conditions(DENIED))));
    assertEquals(
        "Invalid value: \"Denied\": Approved and Denied conditions are mutually exclusive",
        cause(() -> put("approval", "", conditions(APPROVED + "," + DENIED))));
    assertEquals(
        "Unsupported value: \"False\": supported values: \"True\"",
        cause(() -> put("approval", "", conditions("{'type':'Approved','status':'False'}"))));
  }

  @Test
  void theStatusTakesACertificateOnceAndNoVerdict() {
    create("");
    assertEquals(
        "updates may not add a condition of type \"Approved\"",
        cause(() -> put("status", "", conditions(APPROVED))));
    put("approval", "", conditions(APPROVED));
    ObjectNode issued =
        put(
            "status",
            "",
            conditions("{'type':'Approved','status':'True','reason':'other'}")
                + ",'certificate':'"
                + certificate
                + "'");
    assertEquals("r", issued.path("status").path("conditions").path(0).path("reason").asText());
    assertEquals(certificate, issued.path("status").path("certificate").asText());
    String twice = base64("-----BEGIN X-----\nMAA=\n-----END X-----\n");
    assertTrue(
        cause(() -> put("status", "", conditions(APPROVED) + ",'certificate':'" + twice + "'"))
            .contains("only CERTIFICATE PEM blocks are allowed, found \"X\""));
    assertEquals(
        "updates may not modify existing certificate content",
        cause(() -> put("status", "", conditions(APPROVED))));
  }

  private static String conditions(String list) {
    return "'conditions':[" + list + "]";
  }

  private static String cause(Executable write) {
    String message = RegistryFixture.refusal(write).message();
    int start = message.indexOf(": ", message.indexOf("status."));
    String first = message.substring(start + 2);
    return first.startsWith("Forbidden: ") ? first.substring("Forbidden: ".length()) : first;
  }

  /** What the changes leave out is that of a good request. */
  private static String body(String spec, String status) {
    StringBuilder text = new StringBuilder(spec);
    for (String[] member :
        new String[][] {
          {"'request'", "'" + request + "'"},
          {"'signerName'", "'kubernetes.io/kube-apiserver-client'"},
          {"'usages'", "['client auth']"}
        }) {
      if (!spec.contains(member[0])) {
        text.append(text.isEmpty() ? "" : ",").append(member[0]).append(':').append(member[1]);
      }
    }
    return "{'kind':'CertificateSigningRequest','apiVersion':'certificates.k8s.io/v1',"
        + "'metadata':{'name':'ann'},'spec':{"
        + text
        + "},'status':{"
        + status
        + "}}";
  }

  private ObjectNode create(String spec) {
    return fixture.tree(
        RegistryFixture.await(
                fixture.registry.create(
                    RegistryFixture.call(resource, "-/certificatesigningrequests"),
                    RegistryFixture.json(body(spec, ""))))
            .object());
  }

  private ObjectNode put(String subresource, String spec, String status) {
    String path = "-/certificatesigningrequests/ann/" + (subresource.isEmpty() ? "-" : subresource);
    return fixture.tree(
        RegistryFixture.await(
                fixture.registry.update(
                    RegistryFixture.call(resource, path), RegistryFixture.json(body(spec, status))))
            .object());
  }
}
