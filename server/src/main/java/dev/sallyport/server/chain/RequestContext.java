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

  /**
   * What is asked.
   *
   * @param info null until it is resolved
   */
  private record Question(@Nullable RequestInfo info, Query query) {
    static final Question UNRESOLVED = new Question(null, Query.EMPTY);
  }

  /**
   * Who asks.
   *
   * @param user null until authentication has vouched for one
   * @param impersonator who acts as the user, or null
   */
  private record Caller(
      @Nullable UserInfo user, @Nullable UserInfo impersonator, Credential credential) {
    static final Caller UNKNOWN = new Caller(null, null, Credential.NONE);
  }

  private final Request request;
  private final String auditId;
  private final @Nullable AuditEntry audit;
  private final Question question;
  private final long deadline;
  private final Caller caller;
  private final @Nullable Route route;
  private final @Nullable Sighting sighting;

  private RequestContext(
      Request request,
      String auditId,
      @Nullable AuditEntry audit,
      Question question,
      long deadline,
      Caller caller,
      @Nullable Route route,
      @Nullable Sighting sighting) {
    this.request = request;
    this.auditId = auditId;
    this.audit = audit;
    this.question = question;
    this.deadline = deadline;
    this.caller = caller;
    this.route = route;
    this.sighting = sighting;
  }

  /** A request as it enters the chain. */
  public static RequestContext of(Request request, String auditId) {
    return new RequestContext(
        request, auditId, null, Question.UNRESOLVED, NO_DEADLINE, Caller.UNKNOWN, null, null);
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
    return Objects.requireNonNull(
        question.info(), "asked for the request info before it was resolved");
  }

  /** The query's parameters; known behind the request-info filter. */
  public Query query() {
    return question.query();
  }

  /** The {@link System#nanoTime} at which the request is given up, or {@link #NO_DEADLINE}. */
  public long deadline() {
    return deadline;
  }

  /** Who the request acts as: the impersonated user where there is one. */
  public UserInfo user() {
    return Objects.requireNonNull(caller.user(), "asked for the user before authentication");
  }

  /** Whether authentication has vouched for a user. */
  public boolean hasUser() {
    return caller.user() != null;
  }

  /** Who authenticated and impersonates {@link #user()}, or null. */
  public @Nullable UserInfo impersonator() {
    return caller.impersonator();
  }

  /** By what whoever asks was authenticated; the impersonator's where there is one. */
  public Credential credential() {
    return caller.credential();
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
    return new RequestContext(request, auditId, entry, question, deadline, caller, route, sighting);
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
    return new RequestContext(seen, auditId, audit, question, deadline, caller, to, sighting);
  }

  /** What the path, method and query ask for. */
  public RequestContext resolved(RequestInfo asked, Query parameters) {
    if (audit != null) {
      audit.resolved(asked);
    }
    Question resolved = new Question(asked, parameters);
    return new RequestContext(request, auditId, audit, resolved, deadline, caller, route, sighting);
  }

  public RequestContext withDeadline(long nanoTime) {
    return new RequestContext(request, auditId, audit, question, nanoTime, caller, route, sighting);
  }

  /** Authentication's result, with the request as everybody behind it may see it. */
  public RequestContext authenticated(UserInfo vouchedFor, Credential by, Request stripped) {
    Caller known = new Caller(vouchedFor, null, by);
    return new RequestContext(stripped, auditId, audit, question, deadline, known, route, sighting);
  }

  /** The same request acting as another user; the current one becomes the impersonator. */
  public RequestContext actingAs(UserInfo other) {
    Caller acting = new Caller(other, user(), caller.credential());
    return new RequestContext(request, auditId, audit, question, deadline, acting, route, sighting);
  }

  /** The same request as everybody from here on may see it. */
  public RequestContext withRequest(Request seen) {
    return new RequestContext(seen, auditId, audit, question, deadline, caller, route, sighting);
  }

  /** The same request, to be answered with no more than what is seen. */
  public RequestContext seeing(Sighting seen) {
    return new RequestContext(request, auditId, audit, question, deadline, caller, route, seen);
  }

  /**
   * What the answer to a list or watch may show, where authorization has not allowed all of it;
   * null when it has. Whoever answers shows nothing else, or refuses.
   */
  public @Nullable Sighting sighting() {
    return sighting;
  }
}
