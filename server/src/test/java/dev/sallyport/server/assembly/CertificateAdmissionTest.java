package dev.sallyport.server.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.StatusException;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Decision;
import dev.sallyport.config.pki.KeyPairs;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.catalogue.BuiltInCatalogue;
import dev.sallyport.resources.registry.Admission;
import dev.sallyport.resources.registry.Admission.Operation;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CertificateAdmissionTest {

  private static final String CLIENT = "kubernetes.io/kube-apiserver-client";

  private final List<String> asked = new ArrayList<>();
  private String granted = "";
  private final Admission admission = new CertificateAdmission(this::authorize, Runnable::run);

  private Answer<AuthorizationResult> authorize(Attributes question) {
    String right = question.request().verb() + " " + question.request().name();
    assertEquals("signers", question.request().resource());
    asked.add(right);
    Decision decision = right.equals(granted) ? Decision.ALLOW : Decision.NO_OPINION;
    return Answer.now(new AuthorizationResult(decision, "", null));
  }

  private static ObjectNode object(String signer, String subject, String status) throws Exception {
    KeyPair keys = KeyPairs.ecP256();
    byte[] der =
        new JcaPKCS10CertificationRequestBuilder(new X500Name(subject), keys.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
            .getEncoded();
    String pem =
        "-----BEGIN CERTIFICATE REQUEST-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END CERTIFICATE REQUEST-----\n";
    String request = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    String json =
        "{'spec':{'signerName':'"
            + signer
            + "','request':'"
            + request
            + "'},'status':"
            + status
            + "}";
    return (ObjectNode) new JsonMapper().readTree(json.replace('\'', '"'));
  }

  private void admit(String subresource, ObjectNode object, @Nullable ObjectNode old) {
    ResourceDefinition resource =
        Objects.requireNonNull(
            new BuiltInCatalogue().find("certificates.k8s.io", "v1", "certificatesigningrequests"));
    Admission.Request request =
        new Admission.Request(
            UserInfo.of("ann"),
            old == null ? Operation.CREATE : Operation.UPDATE,
            resource,
            subresource,
            "",
            "r",
            object,
            old,
            false);
    var unused = admission.admit(request).toStage().toCompletableFuture().join();
  }

  private String refusal(String subresource, ObjectNode object, @Nullable ObjectNode old) {
    CompletionException failure =
        assertThrows(CompletionException.class, () -> admit(subresource, object, old));
    StatusException refused = assertInstanceOf(StatusException.class, failure.getCause());
    assertEquals(403, refused.status().code());
    String start = "certificatesigningrequests.certificates.k8s.io \"r\" is forbidden: ";
    assertEquals(start, refused.status().message().substring(0, start.length()));
    return refused.status().message().substring(start.length());
  }

  @Test
  void aVerdictNeedsApproveOnTheSignerAsItWas() throws Exception {
    ObjectNode old = object("acme.example/own", "CN=x", "{}");
    ObjectNode object = object("other.example/x", "CN=x", "{}");
    assertEquals(
        "user not permitted to approve requests with signerName \"acme.example/own\"",
        refusal("approval", object, old));
    assertEquals(List.of("approve acme.example/own", "approve acme.example/*"), asked);
    granted = "approve acme.example/*";
    admit("approval", object, old);
    granted = "approve acme.example/own";
    admit("approval", object, old);
  }

  @Test
  void anAnswerNeedsSignOnTheSigner() throws Exception {
    ObjectNode old = object(CLIENT, "CN=x", "{}");
    ObjectNode issued = object(CLIENT, "CN=x", "{'certificate':'eA=='}");
    ObjectNode failed = object(CLIENT, "CN=x", "{'conditions':[{'type':'Failed'}]}");
    String refused = "user not permitted to sign requests with signerName \"" + CLIENT + "\"";
    assertEquals(refused, refusal("status", issued, old));
    assertEquals(refused, refusal("status", failed, old));
    granted = "sign kubernetes.io/*";
    admit("status", issued, old);
    asked.clear();
    admit("status", old, old);
    admit("", issued, old);
    assertEquals(List.of(), asked, "nothing is asked where nothing is answered");
  }

  @Test
  void nobodyAsksTheApiServersSignerForSystemMasters() throws Exception {
    assertEquals(
        "use of " + CLIENT + " signer with system:masters group is not allowed",
        refusal("", object(CLIENT, "O=dev,O=system:masters,CN=x", "{}"), null));
    admit("", object(CLIENT, "O=dev,CN=x", "{}"), null);
    admit("", object("acme.example/own", "O=system:masters,CN=x", "{}"), null);
  }
}
