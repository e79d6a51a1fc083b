package dev.sallyport.server.filter;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Promise;
import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusDetails;
import dev.sallyport.api.StatusException;
import dev.sallyport.config.LimitsConfig;
import dev.sallyport.config.flags.GoDuration;
import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.RequestHandler;
import dev.sallyport.server.http.Alarm;
import dev.sallyport.server.http.Connection;
import dev.sallyport.server.http.Response;

/**
 * Gives every request that should end soon a time by which it is answered: the client's {@code
 * ?timeout=}, at most {@code --request-timeout}. A request that is answered in the same call costs
 * no timer.
 */
public final class DeadlineFilter implements Filter {

  private final long longestNanos;

  public DeadlineFilter(LimitsConfig limits) {
    this.longestNanos = limits.requestTimeout().toNanos();
  }

  @Override
  public Answer<Response> apply(RequestContext context, RequestHandler next) {
    if (longestNanos == 0 || LongRunning.is(context.info())) {
      return next.handle(context);
    }
    long nanos = allowed(context.query().text("timeout"));
    long deadline = System.nanoTime() + nanos;
    RequestContext timed = context.withDeadline(deadline);
    Answer<Response> answer = next.handle(timed);
    return answer instanceof Answer.Now<Response>
        ? answer
        : bounded(answer, deadline, context.request().connection());
  }

  private long allowed(String wanted) {
    if (wanted.isEmpty()) {
      return longestNanos;
    }
    try {
      long nanos = GoDuration.parse(wanted).toNanos();
      return nanos > 0 ? Math.min(nanos, longestNanos) : longestNanos;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new StatusException(
          Status.badRequest("invalid timeout specified in the request URL - " + e.getMessage()));
    }
  }

  private static Answer<Response> bounded(
      Answer<Response> answer, long deadline, Connection connection) {
    Promise<Response> bounded = new Promise<>();
    Alarm alarm = connection.alarm(deadline, () -> bounded.fail(new StatusException(timeout())));
    answer.whenDone(
        (response, failure) -> {
          alarm.cancel();
          if (response != null) {
            complete(bounded, response);
          } else {
            bounded.fail(failure == null ? new IllegalStateException("no answer") : failure);
          }
        });
    return bounded;
  }

  private static void complete(Promise<Response> bounded, Response response) {
    boolean inTime = bounded.complete(response);
    if (!inTime) {
      response.abandoned();
    }
  }

  private static Status timeout() {
    return new Status(
        504,
        Reason.TIMEOUT,
        "Timeout: request did not complete within the allotted timeout",
        StatusDetails.EMPTY);
  }
}
