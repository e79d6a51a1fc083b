package dev.sallyport.server.endpoint.review;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.server.chain.RequestContext;
import java.util.List;

/** Fills in what a review asks. Any thread; never blocks. */
@FunctionalInterface
public interface Review {

  /**
   * @param review the review in canonical form, of the endpoint's kind; it may be changed
   * @return the review with its status
   * @throws dev.sallyport.api.StatusException to refuse (a failed answer says the same)
   */
  Answer<ObjectNode> answer(RequestContext context, ObjectNode review);

  /**
   * What the client shall be warned of when its review is answered.
   *
   * @param review as it was sent
   */
  default List<String> warnings(ObjectNode review) {
    return List.of();
  }
}
