package dev.sallyport.server.endpoint.proxy;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import java.util.function.Function;

/** Waits until what a request is sent with is at hand: a signature costs too much on a loop. */
public final class PreparedEndpoint implements Endpoint {

  private final Function<UserInfo, Answer<Boolean>> preparation;
  private final Endpoint next;

  /**
   * @param preparation done when the caller's token can be had at once
   */
  public PreparedEndpoint(Function<UserInfo, Answer<Boolean>> preparation, Endpoint next) {
    this.preparation = preparation;
    this.next = next;
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    return preparation.apply(context.user()).then(ready -> next.answer(context));
  }
}
