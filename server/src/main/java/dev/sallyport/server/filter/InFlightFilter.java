package dev.sallyport.server.filter;

import dev.sallyport.api.Answer;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.config.LimitsConfig;
import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.RequestHandler;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Responses;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds how many reads and how many writes run at one time. Watches and the like do not count, nor
 * do this server's probes, and members of system:masters always pass, so that an overloaded server
 * can still be helped.
 */
public final class InFlightFilter implements Filter {

  private static final Set<String> PROBES = Set.of("/healthz", "/livez", "/readyz");

  private final int readLimit;
  private final int writeLimit;
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();

  public InFlightFilter(LimitsConfig limits) {
    this.readLimit = limits.maxRequestsInFlight();
    this.writeLimit = limits.maxMutatingRequestsInFlight();
  }

  /** Reads running now. */
  public int reads() {
    return reads.get();
  }

  /** Writes running now. */
  public int writes() {
    return writes.get();
  }

  @Override
  public Answer<Response> apply(RequestContext context, RequestHandler next) {
    if (LongRunning.is(context.info()) || probe(context)) {
      return next.handle(context);
    }
    boolean read = onlyReads(context.info());
    AtomicInteger running = read ? reads : writes;
    int limit = read ? readLimit : writeLimit;
    if (running.incrementAndGet() > limit && limit > 0 && !master(context)) {
      running.decrementAndGet();
      return Answer.now(tooMany());
    }
    return counted(context, next, running);
  }

  private static Answer<Response> counted(
      RequestContext context, RequestHandler next, AtomicInteger running) {
    Answer<Response> answer;
    try {
      answer = next.handle(context);
    } catch (Throwable failure) {
      running.decrementAndGet();
      throw failure;
    }
    if (answer instanceof Answer.Now<Response>) {
      running.decrementAndGet();
      return answer;
    }
    answer.whenDone((response, failure) -> running.decrementAndGet());
    return answer;
  }

  private static boolean onlyReads(RequestInfo info) {
    return info.resourceRequest()
        ? info.readOnly()
        : info.verb().equals("get") || info.verb().equals("head");
  }

  /** A server that is busy is alive: who restarts it for a probe's 429 makes it worse. */
  private static boolean probe(RequestContext context) {
    return !context.info().resourceRequest()
        && context.route() == null
        && PROBES.contains(context.info().path());
  }

  private static boolean master(RequestContext context) {
    return context.user().groups().contains(WellKnown.GROUP_MASTERS);
  }

  private static Response tooMany() {
    Response answer = Responses.text(429, "Too many requests, please try again later.\n");
    answer.headers().add("retry-after", "1");
    return answer;
  }
}
