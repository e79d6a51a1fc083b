package dev.sallyport.server.filter.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.audit.Annotation;
import dev.sallyport.audit.AuditEvent;
import dev.sallyport.audit.AuditObserver;
import dev.sallyport.audit.AuditSink;
import dev.sallyport.audit.Judgement;
import dev.sallyport.audit.Level;
import dev.sallyport.audit.Stage;
import dev.sallyport.authn.Credential;
import dev.sallyport.config.LimitsConfig;
import dev.sallyport.server.chain.Chain;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.filter.DeadlineFilter;
import dev.sallyport.server.filter.EndpointGuard;
import dev.sallyport.server.filter.PanicGuard;
import dev.sallyport.server.filter.RequestFirewall;
import dev.sallyport.server.filter.RequestInfoFilter;
import dev.sallyport.server.http.FakeRequest;
import dev.sallyport.server.http.FakeStream;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseHeaders;
import dev.sallyport.server.http.StreamCut;
import dev.sallyport.server.http.TunnelEnd;
import dev.sallyport.server.response.ErrorTranslator;
import dev.sallyport.server.response.ResponseWriter;
import dev.sallyport.server.response.Responses;
import java.nio.channels.ClosedChannelException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class AuditFiltersTest {

  private static final UserInfo ANN = UserInfo.of("ann", "dev");

  private final List<AuditEvent> events = new ArrayList<>();
  private final AtomicInteger rejected = new AtomicInteger();
  private Answer<AuditSink.Receipt> receipt = AuditSink.AT_ONCE;
  private Judgement judgement = new Judgement(Level.METADATA, Set.of(), false);

  private final AuditSink sink =
      new AuditSink() {
        @Override
        public Answer<Receipt> accept(AuditEvent event) {
          events.add(event);
          return receipt;
        }

        @Override
        public void close() {}
      };

  private final AuditObserver observer =
      new AuditObserver() {
        @Override
        public void event(Level level) {}

        @Override
        public void lost(String plugin, int number) {}

        @Override
        public void rejected() {
          rejected.incrementAndGet();
        }
      };

  /** The whole chain in its order, with doors that let ann in. */
  private Answer<Response> answer(FakeRequest request, Endpoint endpoint) {
    ErrorTranslator errors =
        new ErrorTranslator(
            new ResponseWriter(List.of()),
            failure -> {
              throw failure;
            });
    AuditBook book =
        new AuditBook(() -> (user, asked) -> judgement, sink, observer, Clock.systemUTC());
    Filter door =
        (context, next) ->
            next.handle(context.authenticated(ANN, Credential.NONE, context.request()));
    Chain chain =
        new Chain(
            List.of(
                new AuditStartFilter(book),
                new PanicGuard(errors),
                new RequestFirewall(),
                new RequestInfoFilter(),
                new DeadlineFilter(
                    new LimitsConfig(
                        0,
                        0,
                        0,
                        Duration.ofMinutes(1),
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO)),
                door,
                new AuditFilter(book),
                new EndpointGuard(errors)),
            endpoint);
    return chain.handle(request);
  }

  private static Response value(Answer<Response> answer) {
    return answer.toStage().toCompletableFuture().join();
  }

  private List<String> stages() {
    return events.stream().map(event -> event.stage().text()).toList();
  }

  private int code() {
    var outcome = events.get(events.size() - 1).outcome();
    return outcome == null ? 0 : outcome.code();
  }

  @Test
  void case192APanicHasItsEvent() {
    Response answer =
        value(
            answer(
                FakeRequest.get("/api"),
                context -> {
                  throw new IllegalStateException("secret detail");
                }));
    assertEquals(500, answer.status());
    assertEquals(List.of("RequestReceived", "Panic"), stages());
    assertEquals(500, code());
    assertFalse(String.valueOf(events.get(1).outcome()).contains("secret detail"));
  }

  @Test
  void aClientThatLeavesBeforeItsBodyIsReadIsNoDefect() {
    Response answer =
        value(
            answer(
                FakeRequest.get("/api"), context -> Answer.failed(new ClosedChannelException())));
    assertEquals(400, answer.status());
    assertEquals(List.of("RequestReceived", "ResponseComplete"), stages());
    assertEquals(400, code());
  }

  @Test
  void case192ATimedOutRequestHasItsEvent() {
    FakeRequest request = FakeRequest.get("/api?timeout=1s");
    Answer<Response> answer = answer(request, context -> Answer.later(new CompletableFuture<>()));
    assertEquals(List.of("RequestReceived"), stages());
    request.connection().manualLoop().advance(2, TimeUnit.SECONDS);
    assertEquals(504, value(answer).status());
    assertEquals(List.of("RequestReceived", "ResponseComplete"), stages());
    assertEquals(504, code());
  }

  @Test
  void case192AnUpgradeHasAnEventAtItsBeginningAndAtItsEnd() {
    FakeRequest request = FakeRequest.get("/chat");
    Response answer =
        value(
            answer(
                request,
                context -> Answer.now(new Response.Switched(new ResponseHeaders(), tunnel -> {}))));
    assertEquals(List.of("RequestReceived", "ResponseStarted"), stages());
    FakeStream stream = new FakeStream(request.connection().manualLoop());
    ((Response.Switched) answer).writer().start(stream);
    assertEquals(2, events.size());
    stream.abort(new StreamCut(TunnelEnd.REVOKED, null));
    assertEquals(List.of("RequestReceived", "ResponseStarted", "ResponseComplete"), stages());
    assertEquals(101, code());
  }

  @Test
  void aTunnelsLastEventTellsWhatPassedAndWhyItEnded() {
    FakeRequest request = FakeRequest.get("/chat");
    Response answer =
        value(
            answer(
                request,
                context -> Answer.now(new Response.Switched(new ResponseHeaders(), tunnel -> {}))));
    FakeStream stream = new FakeStream(request.connection().manualLoop());
    ((Response.Switched) answer).writer().start(stream);
    stream.abort(new StreamCut(TunnelEnd.REVOKED, null));
    Map<String, String> told = new HashMap<>();
    for (Annotation each : events.get(2).annotations()) {
      told.put(each.key(), each.value());
    }
    assertEquals("3", told.get("sallyport.dev/bytes-from-client"));
    assertEquals("5", told.get("sallyport.dev/bytes-to-client"));
    assertEquals("revoked", told.get("sallyport.dev/tunnel-ended-by"));
    assertTrue(told.getOrDefault("sallyport.dev/tunnel-duration", "").matches("\\d+\\.\\d{3}s"));
    assertTrue(
        events.get(1).annotations().stream().noneMatch(each -> each.key().contains("bytes")));
  }

  /** Nothing is told of others: their length and time say little, and cost something. */
  @Test
  void anOrdinaryAnswersLastEventTellsNothingOfTunnels() {
    value(answer(FakeRequest.get("/api"), ok()));
    assertTrue(
        events.get(events.size() - 1).annotations().stream()
            .noneMatch(each -> each.key().startsWith("sallyport.dev/")));
  }

  @Test
  void aStreamWhoseClientGoesAwayEndsOnce() {
    FakeRequest request = FakeRequest.get("/api/v1/namespaces?watch=true");
    Response answer =
        value(
            answer(
                request,
                context ->
                    Answer.now(
                        new Response.Streamed(200, new ResponseHeaders(), -1, stream -> {}))));
    FakeStream stream = new FakeStream(request.connection().manualLoop());
    ((Response.Streamed) answer).writer().start(stream);
    request.abort();
    stream.end();
    assertEquals(List.of("RequestReceived", "ResponseStarted", "ResponseComplete"), stages());
  }

  @Test
  void whatThePolicyPassesOverLeavesNothing() {
    judgement = Judgement.SILENCE;
    assertEquals(200, value(answer(FakeRequest.get("/api"), ok())).status());
    assertTrue(events.isEmpty());
  }

  @Test
  void stagesCanBeLeftOut() {
    judgement = new Judgement(Level.METADATA, Set.of(Stage.RESPONSE_COMPLETE), false);
    assertEquals(200, value(answer(FakeRequest.get("/api"), ok())).status());
    assertEquals(List.of("RequestReceived"), stages());
    assertNull(events.get(0).outcome());
  }

  @Test
  void aBrokenPathIsWrittenUnderItsOwnName() {
    assertEquals(400, value(answer(FakeRequest.get("/a%zz"), ok())).status());
    assertEquals(List.of("ResponseStarted"), stages());
    assertEquals("/a%zz", events.get(0).request().uri());
    assertNull(events.get(0).identities().user());
  }

  @Test
  void case193StrictStopsBeforeTheEndpoint() {
    receipt = Answer.later(CompletableFuture.completedFuture(AuditSink.Receipt.LOST));
    AtomicInteger reached = new AtomicInteger();
    FakeRequest request = FakeRequest.of("POST", "/api/v1/namespaces");
    Answer<Response> answer =
        answer(
            request,
            context -> {
              reached.incrementAndGet();
              return Answer.now(Responses.text(200, "ok"));
            });
    request.connection().manualLoop().run();
    assertEquals(500, value(answer).status());
    assertEquals(0, reached.get());
    assertEquals(1, rejected.get());
    assertEquals(List.of("RequestReceived"), stages());
  }

  @Test
  void blockingAnswersWhenItsEventIsKept() {
    CompletableFuture<AuditSink.Receipt> kept = new CompletableFuture<>();
    receipt = Answer.later(kept);
    FakeRequest request = FakeRequest.get("/api");
    CompletableFuture<Response> answer = answer(request, ok()).toStage().toCompletableFuture();
    request.connection().manualLoop().run();
    assertFalse(answer.isDone());
    kept.complete(AuditSink.Receipt.TAKEN);
    request.connection().manualLoop().run();
    assertEquals(200, answer.join().status());
  }

  private static Endpoint ok() {
    return context -> Answer.now(Responses.text(200, "ok"));
  }
}
