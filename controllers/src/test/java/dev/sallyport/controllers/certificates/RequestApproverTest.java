package dev.sallyport.controllers.certificates;

import static dev.sallyport.controllers.certificates.TestRequests.NODE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.Answer;
import dev.sallyport.controllers.FakeObjects;
import dev.sallyport.controllers.Later;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;

class RequestApproverTest {
  private static final String USAGES = "['digital signature','client auth']";

  private final FakeObjects objects = new FakeObjects();
  private final List<String> asked = new ArrayList<>();
  private String granted = "";

  private JsonNode conditions(
      SignerName signer, byte[] pem, String user, String usages, String status) {
    new RequestApprover(
            objects,
            (who, subresource) -> {
              asked.add(who.name() + " " + subresource);
              return Answer.now(subresource.equals(granted));
            },
            Runnable::run,
            new Later())
        .start();
    objects.put(RequestObject.RESOURCE, "", TestRequests.object(signer, pem, user, usages, status));
    return objects.read(RequestObject.RESOURCE, "", "r").path("status").path("conditions");
  }

  private JsonNode conditions(String subject, String user, GeneralName... names) throws Exception {
    return conditions(
        SignerName.KUBE_APISERVER_CLIENT_KUBELET,
        TestRequests.pem(subject, names),
        user,
        USAGES,
        "");
  }

  @Test
  void approvesABootstrappersRequestForAnyNode() throws Exception {
    granted = "nodeclient";
    JsonNode condition = conditions(NODE, "system:bootstrap:abc").path(0);
    assertEquals("Approved", condition.path("type").asText());
    assertEquals("AutoApproved", condition.path("reason").asText());
    assertEquals(
        "Auto approving kubelet client certificate after SubjectAccessReview.",
        condition.path("message").asText());
    assertEquals(List.of("system:bootstrap:abc nodeclient"), asked);
  }

  @Test
  void approvesANodesRequestForItself() throws Exception {
    granted = "selfnodeclient";
    JsonNode condition = conditions(NODE, "system:node:n1").path(0);
    assertEquals(
        "Auto approving self kubelet client certificate after SubjectAccessReview.",
        condition.path("message").asText());
  }

  @Test
  void aNodeGetsNoOtherNodesCertificate() throws Exception {
    granted = "selfnodeclient";
    assertTrue(conditions(NODE, "system:node:n2").isEmpty());
    assertEquals(List.of("system:node:n2 nodeclient"), asked);
  }

  @Test
  void withoutTheRightItWaitsForSomebody() throws Exception {
    assertTrue(conditions(NODE, "system:node:n1").isEmpty());
    assertEquals(List.of("system:node:n1 selfnodeclient", "system:node:n1 nodeclient"), asked);
  }

  @Test
  void nothingButAKubeletsRequestIsEverAskedAbout() throws Exception {
    granted = "nodeclient";
    assertTrue(conditions("O=system:masters,CN=system:node:n1", "x").isEmpty());
    assertTrue(conditions("O=system:nodes,O=system:masters,CN=system:node:n1", "x").isEmpty());
    assertTrue(conditions("O=system:nodes,CN=root", "x").isEmpty());
    assertTrue(conditions(NODE, "x", new GeneralName(GeneralName.dNSName, "a.test")).isEmpty());
    byte[] pem = TestRequests.pem(NODE);
    assertTrue(conditions(SignerName.KUBE_APISERVER_CLIENT, pem, "x", USAGES, "").isEmpty());
    assertTrue(
        conditions(
                SignerName.KUBE_APISERVER_CLIENT_KUBELET,
                pem,
                "x",
                "['digital signature','client auth','server auth']",
                "")
            .isEmpty());
    assertEquals(List.of(), asked);
  }

  @Test
  void aVerdictIsLeftAlone() throws Exception {
    granted = "nodeclient";
    JsonNode conditions =
        conditions(
            SignerName.KUBE_APISERVER_CLIENT_KUBELET,
            TestRequests.pem(NODE),
            "x",
            USAGES,
            "'conditions':[{'type':'Denied','status':'True'}]");
    assertEquals(1, conditions.size());
    assertEquals(List.of(), asked);
  }
}
