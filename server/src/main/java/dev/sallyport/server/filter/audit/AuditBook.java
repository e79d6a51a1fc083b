package dev.sallyport.server.filter.audit;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Reason;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.Status;
import dev.sallyport.api.UserInfo;
import dev.sallyport.audit.AuditEvent;
import dev.sallyport.audit.AuditObserver;
import dev.sallyport.audit.AuditPolicy;
import dev.sallyport.audit.AuditSink;
import dev.sallyport.audit.AuditSink.Receipt;
import dev.sallyport.audit.AuditedRequest;
import dev.sallyport.audit.Judgement;
import dev.sallyport.audit.Level;
import dev.sallyport.audit.ObjectJson;
import dev.sallyport.audit.Outcome;
import dev.sallyport.audit.Stage;
import dev.sallyport.server.chain.AuditEntry;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Judges requests by the policy of today and makes their events. Any thread. */
public final class AuditBook {

  private static final int LONGEST_AGENT = 1024;
  private static final String CUT = "...TRUNCATED";
  private static final long MICROS = 1_000_000;

  private final Supplier<AuditPolicy> policy;
  private final AuditSink sink;
  private final AuditObserver observer;
  private final Clock clock;

  public AuditBook(
      Supplier<AuditPolicy> policy, AuditSink sink, AuditObserver observer, Clock clock) {
    this.policy = policy;
    this.sink = sink;
    this.observer = observer;
    this.clock = clock;
  }

  long now() {
    Instant now = clock.instant();
    return now.getEpochSecond() * MICROS + now.getNano() / 1000;
  }

  Judgement judge(RequestContext context, AuditEntry entry, @Nullable UserInfo user) {
    Judgement judgement = policy.get().judge(user, info(context, entry));
    entry.judged(judgement, user);
    return judgement;
  }

  /** What is asked, as far as it is known. */
  private static RequestInfo info(RequestContext context, AuditEntry entry) {
    RequestInfo known = entry.info();
    Request request = context.request();
    return known != null
        ? known
        : RequestInfo.ofPath(request.method().toLowerCase(Locale.ROOT), request.path());
  }

  /** Writes an event at a stage that the judgement covers. */
  Answer<Receipt> write(
      RequestContext context, AuditEntry entry, Stage stage, @Nullable Response response) {
    Judgement judgement = entry.judgement();
    if (judgement == null || !judgement.covers(stage)) {
      return AuditSink.AT_ONCE;
    }
    long now = stage == Stage.REQUEST_RECEIVED ? entry.receivedMicros() : now();
    boolean answered = judgement.level().atLeast(Level.REQUEST_RESPONSE);
    return sink.accept(
        new AuditEvent(
            request(context, entry),
            judgement,
            stage,
            now,
            entry.identities(),
            entry.names(),
            outcome(entry, stage, response),
            entry.requestObject(),
            answered ? object(response) : null,
            entry.annotations()));
  }

  private static @Nullable ObjectJson object(@Nullable Response response) {
    byte[] json = response instanceof Response.Buffered whole ? whole.json() : null;
    return json == null ? null : new ObjectJson(json);
  }

  private static @Nullable Outcome outcome(
      AuditEntry entry, Stage stage, @Nullable Response response) {
    if (stage == Stage.PANIC) {
      String what = "APIServer panic'd: " + entry.panic();
      return new Outcome(500, new Status(500, Reason.INTERNAL_ERROR, what, null));
    }
    if (response == null) {
      return null;
    }
    Status told = response instanceof Response.Buffered whole ? whole.told() : null;
    return new Outcome(response.status(), told);
  }

  /** A request that must not go on, since its event is lost. */
  void refused() {
    observer.rejected();
  }

  private static AuditedRequest request(RequestContext context, AuditEntry entry) {
    AuditedRequest known = entry.request();
    if (known != null) {
      return known;
    }
    Request request = context.request();
    AuditedRequest made =
        new AuditedRequest(
            context.auditId(),
            entry.receivedMicros(),
            uri(entry.arrived(request)),
            info(context, entry),
            agent(request.headers().first("user-agent")),
            SourceAddresses.of(request));
    entry.request(made);
    return made;
  }

  static String uri(Request request) {
    return request.query().isEmpty()
        ? request.path()
        : request.path() + "?" + ShownQuery.of(request.query());
  }

  private static String agent(@Nullable String sent) {
    if (sent == null) {
      return "";
    }
    return sent.length() > LONGEST_AGENT ? sent.substring(0, LONGEST_AGENT) + CUT : sent;
  }
}
