package dev.sallyport.server.chain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Credential;
import dev.sallyport.resources.registry.Body;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.sight.Sighting;
import java.util.Objects;
import java.util.function.Consumer;
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
  private final @Nullable RequestInfo info;
  private final Query query;
  private final long deadline;
  private final @Nullable UserInfo user;
  private final @Nullable UserInfo impersonator;
  private final Credential credential;
  private final @Nullable AuditEntry audit;
  private final @Nullable Route route;
  private final @Nullable Sighting sighting;

  private RequestContext(
      Request request,
      String auditId,
      @Nullable RequestInfo info,
      Query query,
      long deadline,
      @Nullable UserInfo user,
      @Nullable UserInfo impersonator,
      Credential credential,
      @Nullable AuditEntry audit,
      @Nullable Route route,
      @Nullable Sighting sighting) {
    this.request = request;
    this.auditId = auditId;
    this.info = info;
    this.query = query;
    this.deadline = deadline;
    this.user = user;
    this.impersonator = impersonator;
    this.credential = credential;
    this.audit = audit;
    this.route = route;
    this.sighting = sighting;
  }

  /** A request as it enters the chain. */
  public static RequestContext of(Request request, String auditId) {
    return new RequestContext(
        request,
        auditId,
        null,
        Query.EMPTY,
        NO_DEADLINE,
        null,
        null,
        Credential.NONE,
        null,
        null,
        null);
  }

  /** The request; behind authentication without credentials and front-proxy headers. */
  public Request request() {
    return request;
  }

  /** The id that answers, audit events and log lines of this request share. */
  public String auditId() {
    return auditId;
  }

  /** What is asked; known behind the request-info filter. */
  public RequestInfo info() {
    return Objects.requireNonNull(info, "asked for the request info before it was resolved");
  }

  /** The query's parameters; known behind the request-info filter. */
  public Query query() {
    return query;
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

  /** By what whoever asks was authenticated; the impersonator's where there is one. */
  public Credential credential() {
    return credential;
  }

  /** What the visitors' book is going to say; null when nothing is audited. */
  public @Nullable AuditEntry audit() {
    return audit;
  }

  /** Where the request goes instead of the store or the usual upstream; null for there. */
  public @Nullable Route route() {
    return route;
  }

  /** Who wants to see the object that was sent, before anything is changed in it. */
  public Consumer<ObjectNode> objectListener() {
    AuditEntry entry = audit;
    return entry == null ? Body.UNSEEN : entry::sent;
  }

  /** The same request with an entry in the visitors' book. */
  public RequestContext audited(AuditEntry entry) {
    return new RequestContext(
        request,
        auditId,
        info,
        query,
        deadline,
        user,
        impersonator,
        credential,
        entry,
        route,
        sighting);
  }

  /**
   * The same request on its way to an upstream.
   *
   * @param seen the request as everybody behind may see it: in the form that is authorized and sent
   */
  public RequestContext routed(Route to, Request seen) {
    if (audit != null) {
      audit.routed(to.name(), request);
    }
    return new RequestContext(
        seen, auditId, info, query, deadline, user, impersonator, credential, audit, to, sighting);
  }

  /** What the path, method and query ask for. */
  public RequestContext resolved(RequestInfo asked, Query parameters) {
    if (audit != null) {
      audit.resolved(asked);
    }
    return new RequestContext(
        request,
        auditId,
        asked,
        parameters,
        deadline,
        user,
        impersonator,
        credential,
        audit,
        route,
        sighting);
  }

  public RequestContext withDeadline(long nanoTime) {
    return new RequestContext(
        request,
        auditId,
        info,
        query,
        nanoTime,
        user,
        impersonator,
        credential,
        audit,
        route,
        sighting);
  }

  /** Authentication's result, with the request as everybody behind it may see it. */
  public RequestContext authenticated(UserInfo vouchedFor, Credential by, Request stripped) {
    return new RequestContext(
        stripped, auditId, info, query, deadline, vouchedFor, null, by, audit, route, sighting);
  }

  /** The same request acting as another user; the current one becomes the impersonator. */
  public RequestContext actingAs(UserInfo other) {
    return new RequestContext(
        request, auditId, info, query, deadline, other, user(), credential, audit, route, sighting);
  }

  /** The same request as everybody from here on may see it. */
  public RequestContext withRequest(Request seen) {
    return new RequestContext(
        seen,
        auditId,
        info,
        query,
        deadline,
        user,
        impersonator,
        credential,
        audit,
        route,
        sighting);
  }

  /** The same request, to be answered with no more than what is seen. */
  public RequestContext seeing(Sighting seen) {
    return new RequestContext(
        request,
        auditId,
        info,
        query,
        deadline,
        user,
        impersonator,
        credential,
        audit,
        route,
        seen);
  }

  /**
   * What the answer to a list or watch may show, where authorization has not allowed all of it;
   * null when it has. Whoever answers shows nothing else, or refuses.
   */
  public @Nullable Sighting sighting() {
    return sighting;
  }
}
