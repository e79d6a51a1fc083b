package dev.sallyport.server.chain;

import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.server.http.Request;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a request while it passes the chain. Immutable: a filter that learns
 * something hands on a new context.
 */
public final class RequestContext {

  /** No time limit: a long-running request. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  private final Request request;
  private final String auditId;
  private final RequestInfo info;
  private final long deadline;
  private final @Nullable UserInfo user;
  private final @Nullable UserInfo impersonator;

  private RequestContext(
      Request request,
      String auditId,
      RequestInfo info,
      long deadline,
      @Nullable UserInfo user,
      @Nullable UserInfo impersonator) {
    this.request = request;
    this.auditId = auditId;
    this.info = info;
    this.deadline = deadline;
    this.user = user;
    this.impersonator = impersonator;
  }

  /** A request that nobody has vouched for yet. */
  public static RequestContext of(Request request, String auditId, RequestInfo info) {
    return new RequestContext(request, auditId, info, NO_DEADLINE, null, null);
  }

  /** The request; behind authentication without credentials and front-proxy headers. */
  public Request request() {
    return request;
  }

  /** The id that answers, audit events and log lines of this request share. */
  public String auditId() {
    return auditId;
  }

  public RequestInfo info() {
    return info;
  }

  /** The {@link System#nanoTime} at which the request is given up, or {@link #NO_DEADLINE}. */
  public long deadline() {
    return deadline;
  }

  /** Who the request acts as: the impersonated user where there is one. */
  public UserInfo user() {
    return Objects.requireNonNull(user, "asked for the user before authentication");
  }

  /** Whether authentication has vouched for a user. */
  public boolean hasUser() {
    return user != null;
  }

  /** Who authenticated and impersonates {@link #user()}, or null. */
  public @Nullable UserInfo impersonator() {
    return impersonator;
  }

  public RequestContext withDeadline(long nanoTime) {
    return new RequestContext(request, auditId, info, nanoTime, user, impersonator);
  }

  /** Authentication's result, with the request as everybody behind it may see it. */
  public RequestContext authenticated(UserInfo vouchedFor, Request stripped) {
    return new RequestContext(stripped, auditId, info, deadline, vouchedFor, null);
  }

  /** The same request acting as another user; the current one becomes the impersonator. */
  public RequestContext actingAs(UserInfo other) {
    return new RequestContext(request, auditId, info, deadline, other, user());
  }
}
