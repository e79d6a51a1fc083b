package dev.sallyport.server.endpoint.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.TokenAuthenticator;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.endpoint.review.Review;
import java.util.List;

/**
 * Tells whose a token is, for the audiences that are asked for or else the API's own.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-review-v1/">TokenReview</a>
 */
public final class TokenReview implements Review {
  private static final String INVALID = "invalid bearer token";

  private final TokenAuthenticator tokens;
  private final Audiences apiAudiences;

  public TokenReview(TokenAuthenticator tokens, Audiences apiAudiences) {
    this.tokens = tokens;
    this.apiAudiences = apiAudiences;
  }

  @Override
  public Answer<ObjectNode> answer(RequestContext context, ObjectNode review) {
    String token = review.path("spec").path("token").asText();
    if (token.isEmpty()) {
      throw new StatusException(
          Status.badRequest("token is required for TokenReview in authentication"));
    }
    List<String> asked = AnsweredReview.texts(review.path("spec").path("audiences"));
    Audiences audiences = asked.isEmpty() ? apiAudiences : new Audiences(asked);
    return tokens.authenticate(token, audiences).map(result -> answer(review, result));
  }

  private static ObjectNode answer(ObjectNode review, AuthenticationResult result) {
    ObjectNode answer = AnsweredReview.of(review, AnsweredReview.metadata(review));
    answer.set("spec", review.path("spec"));
    ObjectNode status = answer.putObject("status");
    if (result instanceof Authenticated good) {
      status.put("authenticated", true);
      status.set("user", AnsweredReview.user(good.user()));
      if (!good.audiences().names().isEmpty()) {
        AnsweredReview.texts(status, "audiences", good.audiences().names());
      }
    } else {
      status.putObject("user");
      status.put("error", result instanceof Rejected bad ? error(bad.reason()) : INVALID);
    }
    return answer;
  }

  /** Nobody else knows the token either, which kube-apiserver tells in the same list. */
  private static String error(String reason) {
    if (reason.isEmpty()) {
      return INVALID;
    }
    boolean list = reason.startsWith("[") && reason.endsWith("]");
    String reasons = list ? reason.substring(1, reason.length() - 1) : reason;
    return reasons.equals(INVALID) ? INVALID : "[" + INVALID + ", " + reasons + "]";
  }
}
