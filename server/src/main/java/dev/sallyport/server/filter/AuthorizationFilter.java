package dev.sallyport.server.filter;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Authorizer;
import dev.sallyport.authz.Decision;
import dev.sallyport.authz.ForbiddenMessage;
import dev.sallyport.server.chain.AuditEntry;
import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.RequestHandler;
import dev.sallyport.server.chain.Route;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.ResponseWriter;
import dev.sallyport.server.response.Responses;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The second door: only an ALLOW opens it. A route may have a door of its own. */
public final class AuthorizationFilter implements Filter {

  private static final Logger log = LoggerFactory.getLogger(AuthorizationFilter.class);

  private final Authorizer authorizer;
  private final ResponseWriter writer;
  private final @Nullable FilteredLists lists;

  /** Nobody is shown a part of what may not be seen whole. */
  public AuthorizationFilter(Authorizer authorizer, ResponseWriter writer) {
    this(authorizer, writer, null);
  }

  /**
   * @param lists lets lists pass that may be answered in part; only where what stands behind shows
   *     no more than that part
   */
  public AuthorizationFilter(
      Authorizer authorizer, ResponseWriter writer, @Nullable FilteredLists lists) {
    this.authorizer = authorizer;
    this.writer = writer;
    this.lists = lists;
  }

  @Override
  public Answer<Response> apply(RequestContext context, RequestHandler next) {
    Route route = context.route();
    Filter own = route == null ? null : route.authorization();
    return own == null
        ? decide(new Attributes(context.user(), context.info()), context, next)
        : own.apply(context, next);
  }

  /** Lets the request pass if those attributes are allowed. */
  public Answer<Response> decide(
      Attributes attributes, RequestContext context, RequestHandler next) {
    Answer<AuthorizationResult> verdict = authorizer.authorize(attributes);
    if (verdict instanceof Answer.Now<AuthorizationResult> now) {
      return pass(now.value(), attributes, context, next);
    }
    return verdict.then(result -> pass(result, attributes, context, next));
  }

  private Answer<Response> pass(
      AuthorizationResult result,
      Attributes attributes,
      RequestContext context,
      RequestHandler next) {
    if (lists != null && result.decision() != Decision.ALLOW) {
      RequestContext part = lists.admitted(context, attributes, result);
      if (part != null) {
        return next.handle(part);
      }
    }
    AuditEntry entry = context.audit();
    if (entry != null) {
      note(entry, result);
    }
    if (result.decision() == Decision.ALLOW) {
      return next.handle(context);
    }
    String error = result.error();
    if (error != null) {
      return Answer.now(unjudged(context, error));
    }
    Response refusal = writer.status(context, ForbiddenMessage.status(attributes, result.reason()));
    refusal.headers().add("x-content-type-options", "nosniff");
    return Answer.now(refusal);
  }

  private static void note(AuditEntry entry, AuthorizationResult result) {
    if (result.decision() == Decision.ALLOW) {
      entry.authorized("allow", result.reason());
    } else if (result.error() != null) {
      entry.unauthorizable("internal error");
    } else {
      entry.authorized("forbid", result.reason());
    }
  }

  private static Response unjudged(RequestContext context, String error) {
    log.warn("Request {} could not be authorized: {}", context.auditId(), error);
    Request request = context.request();
    String uri =
        request.query().isEmpty() ? request.path() : request.path() + "?" + request.query();
    return Responses.text(500, ForbiddenMessage.internalError(uri, error));
  }
}
