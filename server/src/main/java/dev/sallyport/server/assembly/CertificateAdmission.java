package dev.sallyport.server.assembly;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.Quoted;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.authz.Authorizer;
import dev.sallyport.authz.Decision;
import dev.sallyport.config.csr.CertificateRequest;
import dev.sallyport.config.csr.CertificateRequestException;
import dev.sallyport.controllers.certificates.SignerName;
import dev.sallyport.resources.registry.Admission;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Who may do what with CertificateSigningRequests, beyond RBAC on the resource: a verdict needs
 * {@code approve} on the signer, a certificate {@code sign}, and nobody asks the API server's own
 * signer for system:masters.
 *
 * <p>Reading requests is work for a worker: every write of one leaves the event loop here, and what
 * follows, validation above all, goes on where it was done.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/">Kubernetes:
 *     CertificateApproval, CertificateSigning, CertificateSubjectRestriction</a>
 */
final class CertificateAdmission implements Admission {

  private static final String GROUP = "certificates.k8s.io";
  private static final String PLURAL = "certificatesigningrequests";

  private final Authorizer authorizer;
  private final Executor workers;

  CertificateAdmission(Authorizer authorizer, Executor workers) {
    this.authorizer = authorizer;
    this.workers = workers;
  }

  @Override
  public Answer<Request> admit(Request request) {
    if (!request.resource().plural().equals(PLURAL) || !request.resource().group().equals(GROUP)) {
      return Answer.now(request);
    }
    ObjectNode object = request.object();
    if (object == null) {
      return Answer.now(request);
    }
    return Answer.later(
        CompletableFuture.completedFuture(request)
            .thenComposeAsync(same -> judge(same, object).toStage(), workers));
  }

  private Answer<Request> judge(Request request, ObjectNode object) {
    ObjectNode old = request.old();
    if (old == null) {
      restrictSubject(request, object);
      return Answer.now(request);
    }
    String signer = old.path("spec").path("signerName").asText();
    return switch (request.subresource()) {
      case "approval" -> require("approve", signer, request);
      case "status" ->
          answers(object, old) ? require("sign", signer, request) : Answer.now(request);
      default -> Answer.now(request);
    };
  }

  private static boolean answers(ObjectNode object, ObjectNode old) {
    return differs("certificate", object, old) || differs("conditions", object, old);
  }

  private static boolean differs(String member, ObjectNode object, ObjectNode old) {
    return !object.path("status").path(member).equals(old.path("status").path(member));
  }

  private static void restrictSubject(Request request, ObjectNode object) {
    String signer = object.path("spec").path("signerName").asText();
    if (!signer.equals(SignerName.KUBE_APISERVER_CLIENT.text())) {
      return;
    }
    try {
      byte[] pem = Base64.getDecoder().decode(object.path("spec").path("request").asText());
      if (CertificateRequest.parse(pem).organizations().contains(WellKnown.GROUP_MASTERS)) {
        throw forbidden(
            request,
            "use of %s signer with %s group is not allowed"
                .formatted(signer, WellKnown.GROUP_MASTERS));
      }
    } catch (CertificateRequestException e) {
      return; // validation says so in a moment, and better
    }
  }

  /** Needs the verb on the signer itself or on all of its domain. */
  private Answer<Request> require(String verb, String signer, Request request) {
    String domain = signer.substring(0, Math.max(0, signer.indexOf('/'))) + "/*";
    return allowed(request.user(), verb, signer)
        .then(yes -> yes ? Answer.now(true) : allowed(request.user(), verb, domain))
        .map(
            yes -> {
              if (!yes) {
                throw forbidden(
                    request,
                    "user not permitted to %s requests with signerName %s"
                        .formatted(verb, Quoted.of(signer)));
              }
              return request;
            });
  }

  private Answer<Boolean> allowed(UserInfo user, String verb, String signer) {
    RequestInfo question = RequestInfo.ofResource(verb, GROUP, "*", "", "signers", "", signer);
    return authorizer
        .authorize(new Attributes(user, question))
        .map(result -> result.decision() == Decision.ALLOW);
  }

  private static StatusException forbidden(Request request, String why) {
    String message = "%s.%s \"%s\" is forbidden: %s".formatted(PLURAL, GROUP, request.name(), why);
    return new StatusException(Status.forbidden(GROUP, PLURAL, request.name(), message));
  }
}
