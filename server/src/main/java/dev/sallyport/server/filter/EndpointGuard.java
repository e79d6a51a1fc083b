package dev.sallyport.server.filter;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Promise;
import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.RequestHandler;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.ErrorTranslator;

/**
 * Stands last: answers an endpoint's failures, which read a little differently from the refusals of
 * the filters before it.
 */
public final class EndpointGuard implements Filter {

  private final ErrorTranslator translator;

  public EndpointGuard(ErrorTranslator translator) {
    this.translator = translator;
  }

  @Override
  public Answer<Response> apply(RequestContext context, RequestHandler next) {
    Answer<Response> answer;
    try {
      answer = next.handle(context);
    } catch (RuntimeException failure) {
      return Answer.now(failed(context, failure));
    }
    return answer instanceof Answer.Now<Response> ? answer : guarded(context, answer);
  }

  private Answer<Response> guarded(RequestContext context, Answer<Response> answer) {
    Promise<Response> guarded = new Promise<>();
    answer.whenDone(
        (response, failure) -> {
          if (response != null) {
            guarded.complete(response);
          } else {
            guarded.complete(
                failed(
                    context, failure == null ? new IllegalStateException("no answer") : failure));
          }
        });
    return guarded;
  }

  /** On the way to an upstream: what it says itself never comes as a failure, so this is ours. */
  private Response failed(RequestContext context, Throwable failure) {
    Response answer = translator.answer(context, failure);
    if (context.route() != null) {
      answer.headers().add("via", "1.1 sallyport");
    }
    return answer;
  }
}
