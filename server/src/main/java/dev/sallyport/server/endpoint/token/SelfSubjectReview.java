package dev.sallyport.server.endpoint.token;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.endpoint.review.Review;
import java.time.Clock;

/**
 * Tells callers who they are, after impersonation.
 *
 * @see <a href="https://github.com/kubernetes/enhancements/issues/3325">KEP-3325</a>
 */
public final class SelfSubjectReview implements Review {
  private final Clock clock;

  public SelfSubjectReview(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Answer<ObjectNode> answer(RequestContext context, ObjectNode review) {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    metadata.put("creationTimestamp", AnsweredReview.timestamp(clock.instant()));
    ObjectNode answer = AnsweredReview.of(review, metadata);
    answer.putObject("status").set("userInfo", AnsweredReview.user(context.user()));
    return Answer.now(answer);
  }
}
