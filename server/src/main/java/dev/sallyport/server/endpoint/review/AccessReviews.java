package dev.sallyport.server.endpoint.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Authorizer;
import dev.sallyport.authz.Decision;
import dev.sallyport.server.chain.RequestContext;
import java.util.ArrayList;
import java.util.List;

/**
 * May this user do that: SubjectAccessReview and its kin. They are answered by the authorizers that
 * judge requests, and what those cannot tell is no failure of the review.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access">Kubernetes:
 *     checking API access</a>
 */
public final class AccessReviews {

  private final Authorizer authorizer;

  public AccessReviews(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  /** SubjectAccessReview: about anybody. */
  public Answer<ObjectNode> subject(RequestContext context, ObjectNode review) {
    new AccessReviewRules(review).oneQuestion().aSubject().selectors().noMetadata().enforce();
    return judge(AccessQuestion.subject(review.path("spec")), review);
  }

  /** SelfSubjectAccessReview: about whoever asks. */
  public Answer<ObjectNode> self(RequestContext context, ObjectNode review) {
    new AccessReviewRules(review).oneQuestion().selectors().noMetadata().enforce();
    return judge(context.user(), review);
  }

  /** LocalSubjectAccessReview: about anybody, in one namespace. */
  public Answer<ObjectNode> local(RequestContext context, ObjectNode review) {
    new AccessReviewRules(review).oneQuestion().aSubject().selectors().onlyTheNamespace().enforce();
    return judge(AccessQuestion.subject(review.path("spec")), review);
  }

  private Answer<ObjectNode> judge(UserInfo user, ObjectNode review) {
    JsonNode spec = review.path("spec");
    AskedSelectors selectors = new AskedSelectors(spec.path("resourceAttributes"));
    Attributes question =
        new Attributes(user, AccessQuestion.request(spec).selecting(selectors.selectors()));
    return authorizer
        .authorize(question)
        .map(result -> answered(review, result, selectors.faults()));
  }

  private static ObjectNode answered(
      ObjectNode review, AuthorizationResult result, List<String> ignored) {
    JsonNode spec = review.path("spec").deepCopy();
    ReviewForm.reset(review).set("spec", spec);
    ObjectNode status = review.putObject("status");
    status.put("allowed", result.decision() == Decision.ALLOW);
    if (result.decision() == Decision.DENY) {
      status.put("denied", true);
    }
    if (!result.reason().isEmpty()) {
      status.put("reason", result.reason());
    }
    List<String> errors = new ArrayList<>();
    if (result.error() != null) {
      errors.add(result.error());
    }
    errors.addAll(ignored);
    if (!errors.isEmpty()) {
      status.put("evaluationError", String.join("; ", errors));
    }
    return review;
  }
}
