package dev.sallyport.server.filter;

import dev.sallyport.api.Answer;
import dev.sallyport.api.StatusException;
import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.RequestHandler;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.metrics.RequestSeries;
import org.jspecify.annotations.Nullable;

/** Counts and times what passes, refusals included. */
public final class MetricsFilter implements Filter {

  private final RequestSeries series;

  public MetricsFilter(RequestSeries series) {
    this.series = series;
  }

  @Override
  public Answer<Response> apply(RequestContext context, RequestHandler next) {
    boolean timed = !LongRunning.is(context.info());
    long start = System.nanoTime();
    Answer<Response> answer;
    try {
      answer = next.handle(context);
    } catch (Throwable failure) {
      record(context, code(failure), timed, start);
      throw failure;
    }
    if (answer instanceof Answer.Now<Response> now) {
      record(context, now.value().status(), timed, start);
    } else {
      answer.whenDone(
          (response, failure) ->
              record(context, response == null ? code(failure) : response.status(), timed, start));
    }
    return answer;
  }

  private void record(RequestContext context, int code, boolean timed, long start) {
    long nanos = timed ? System.nanoTime() - start : -1;
    series.answered(context.info(), context.request().method(), code, nanos);
  }

  private static int code(@Nullable Throwable failure) {
    return failure instanceof StatusException refusal ? refusal.status().code() : 500;
  }
}
