package dev.sallyport.controllers.certificates;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.config.csr.CertificateRequest;
import dev.sallyport.config.csr.CertificateRequestException;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.queue.Outcomes;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Approves kubelets' requests for client certificates when whoever asks may: a bootstrapper for any
 * node, a node for itself. Everything else waits for somebody's verdict.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/#kube-controller-manager-configuration">TLS
 *     bootstrapping: approval</a>
 */
public final class RequestApprover {

  private static final Logger log = LoggerFactory.getLogger(RequestApprover.class);

  private static final String ANY_NODE = "nodeclient";
  private static final String SAME_NODE = "selfnodeclient";

  private final ObjectClient client;
  private final NodeClientReview review;
  private final DueRequests requests;

  /**
   * @param executor where requests are read
   * @param later runs a task on the executor after a pause
   */
  public RequestApprover(
      ObjectClient client, NodeClientReview review, Executor executor, Executor later) {
    this.client = client;
    this.review = review;
    this.requests =
        new DueRequests(
            client,
            "Approving the request",
            RequestApprover::undecided,
            this::judge,
            executor,
            later);
  }

  public void start() {
    requests.follow();
  }

  /** Kept to one signer so that other requests are not even read. */
  private static boolean undecided(RequestObject request) {
    return !request.judged()
        && request.certificate().isEmpty()
        && request.signerName().equals(SignerName.KUBE_APISERVER_CLIENT_KUBELET.text());
  }

  private Answer<Boolean> judge(RequestObject object) {
    CertificateRequest request;
    try {
      request = object.request();
    } catch (CertificateRequestException e) {
      return Answer.now(true); // was let in by another version; nothing changes it any more
    }
    if (SignerRules.kubeletClient(request, object.usages()).isPresent()) {
      return Answer.now(true);
    }
    boolean self = request.commonName().equals(object.requester().name());
    Answer<Boolean> own = self ? review.allowed(object.requester(), SAME_NODE) : Answer.now(false);
    return own.then(
        yes ->
            yes
                ? write(
                    object,
                    "Auto approving self kubelet client certificate after"
                        + " SubjectAccessReview.")
                : review.allowed(object.requester(), ANY_NODE).then(may -> anyNode(object, may)));
  }

  private Answer<Boolean> anyNode(RequestObject object, boolean may) {
    if (!may) {
      log.info(
          "Request {} of {} for a node's certificate waits for approval: its maker may not have it"
              + " unseen",
          object.name(),
          object.requester().name());
      return Answer.now(true);
    }
    return write(object, "Auto approving kubelet client certificate after SubjectAccessReview.");
  }

  private Answer<Boolean> write(RequestObject judged, String message) {
    return Outcomes.settled(
        () ->
            client.update(
                RequestObject.RESOURCE,
                "",
                judged.name(),
                "approval",
                current -> approved(current, judged, message)));
  }

  /** Not what was made anew under the same name, and not against somebody's faster verdict. */
  private static ObjectNode approved(ObjectNode current, RequestObject judged, String message) {
    RequestObject now = new RequestObject(current);
    return now.uid().equals(judged.uid()) && undecided(now)
        ? RequestObject.with(current, RequestObject.APPROVED, "AutoApproved", message)
        : current;
  }
}
