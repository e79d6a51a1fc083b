package dev.sallyport.server.filter.impersonation;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.Status;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.Authorizer;
import dev.sallyport.server.chain.AuditEntry;
import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.RequestHandler;
import dev.sallyport.server.filter.StrippedRequest;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.ResponseWriter;

/**
 * Lets a user who may act as another do so: behind it the other is the request's user and the first
 * one its impersonator. No header that asks for it is seen any more, whether it was heeded or not.
 */
public final class ImpersonationFilter implements Filter {

  private final ImpersonationModes modes;
  private final ResponseWriter writer;

  public ImpersonationFilter(Authorizer authorizer, ResponseWriter writer) {
    this.modes = new ImpersonationModes(authorizer);
    this.writer = writer;
  }

  @Override
  public Answer<Response> apply(RequestContext context, RequestHandler next) {
    Request request = context.request();
    if (!ImpersonationHeaders.present(request.headers())) {
      return next.handle(context);
    }
    UserInfo wanted = ImpersonationHeaders.wanted(request.headers());
    RequestContext stripped =
        context.withRequest(
            new StrippedRequest(
                request, (name, value) -> ImpersonationHeaders.covers(name) ? null : value));
    if (!wanted.name().isEmpty()) {
      return modes
          .check(wanted, new Attributes(context.user(), context.info()))
          .then(result -> proceed(result, stripped, next));
    }
    boolean nameless =
        !wanted.uid().isEmpty() || !wanted.groups().isEmpty() || !wanted.extra().isEmpty();
    return nameless ? refuse(stripped, NamelessRequest.refuse(wanted)) : next.handle(stripped);
  }

  private Answer<Response> proceed(
      Impersonation result, RequestContext context, RequestHandler next) {
    if (result instanceof Impersonation.Granted granted) {
      AuditEntry entry = context.audit();
      if (entry != null) {
        entry.impersonated(granted.user(), granted.constraint());
      }
      return next.handle(context.actingAs(granted.user()));
    }
    if (result instanceof Impersonation.Refused refused) {
      return refuse(context, refused.status());
    }
    // The last mode takes any user, so there is always a verdict; without one nobody passes.
    return refuse(context, Status.internalError("all impersonation modes failed"));
  }

  private Answer<Response> refuse(RequestContext context, Status status) {
    Response refusal = writer.status(context, status);
    refusal.headers().add("x-content-type-options", "nosniff");
    return Answer.now(refusal);
  }
}
