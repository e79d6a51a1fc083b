package dev.sallyport.server.filter;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Promise;
import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.RequestHandler;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.ErrorTranslator;

/**
 * Stands first: whatever fails behind it is answered, and the answer carries the audit id. An error
 * such as a stack overflow ends the request it happened in and no other.
 */
public final class PanicGuard implements Filter {

  private final ErrorTranslator translator;

  public PanicGuard(ErrorTranslator translator) {
    this.translator = translator;
  }

  @Override
  @SuppressWarnings("PMD.AvoidCatchingThrowable")
  public Answer<Response> apply(RequestContext context, RequestHandler next) {
    Answer<Response> answer;
    try {
      answer = next.handle(context);
    } catch (Throwable failure) {
      answer = Answer.now(translator.refusal(context, failure));
    }
    if (answer instanceof Answer.Now<Response> now) {
      now.value().headers().add("audit-id", context.auditId());
      return answer;
    }
    return guarded(context, answer);
  }

  private Answer<Response> guarded(RequestContext context, Answer<Response> answer) {
    Promise<Response> guarded = new Promise<>();
    answer.whenDone(
        (response, failure) -> {
          Response told = response;
          if (told == null) {
            told =
                translator.refusal(
                    context, failure == null ? new IllegalStateException("no answer") : failure);
          }
          told.headers().add("audit-id", context.auditId());
          guarded.complete(told);
        });
    return guarded;
  }
}
