package dev.sallyport.server.filter.route;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.Reason;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.authz.attributes.RequestQuestions;
import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.RequestHandler;
import dev.sallyport.server.chain.RoutePaths;
import dev.sallyport.server.filter.AuthorizationFilter;
import dev.sallyport.server.filter.PodStreamFilter;
import dev.sallyport.server.http.Response;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The second door of a route: its own question, or its own judge, or both. */
public final class RouteAuthorization implements Filter {

  private final RoutePaths paths;
  private final @Nullable RequestQuestions questions;
  private final Supplier<@Nullable String> unavailable;
  private final AuthorizationFilter judge;
  private final PodStreamFilter podStreams;

  /**
   * @param questions what is asked; null: what the path says to a kube-apiserver
   * @param unavailable why nothing can be judged now, or null
   */
  public RouteAuthorization(
      RoutePaths paths,
      @Nullable RequestQuestions questions,
      Supplier<@Nullable String> unavailable,
      AuthorizationFilter judge) {
    this.paths = paths;
    this.questions = questions;
    this.unavailable = unavailable;
    this.judge = judge;
    this.podStreams = new PodStreamFilter(judge);
  }

  @Override
  public Answer<Response> apply(RequestContext context, RequestHandler next) {
    if (paths.opens(context)) {
      return next.handle(context);
    }
    String why = unavailable.get();
    if (why != null) {
      throw new StatusException(new Status(503, Reason.SERVICE_UNAVAILABLE, why, null));
    }
    RequestQuestions making = questions;
    if (making == null) {
      return judge.decide(
          new Attributes(context.user(), context.info()),
          context,
          allowed -> podStreams.judge(allowed, next));
    }
    List<RequestInfo> asked = making.of(new AskedContext(context));
    if (asked.isEmpty()) {
      throw new StatusException(
          Status.badRequest("the request does not bring what its authorization needs"));
    }
    return decide(asked, 0, context, next);
  }

  /** One question after the other; the first no is the answer. */
  private Answer<Response> decide(
      List<RequestInfo> asked, int at, RequestContext context, RequestHandler next) {
    RequestHandler rest =
        at + 1 == asked.size() ? next : allowed -> decide(asked, at + 1, allowed, next);
    return judge.decide(new Attributes(context.user(), asked.get(at)), context, rest);
  }
}
