package dev.sallyport.server.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.api.StatusException;
import dev.sallyport.config.LimitsConfig;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Contexts;
import dev.sallyport.server.http.FakeRequest;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Responses;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeadlineFilterTest {

  private final CompletableFuture<Response> running = new CompletableFuture<>();
  private final DeadlineFilter filter =
      new DeadlineFilter(
          new LimitsConfig(
              0, 0, 0, Duration.ofSeconds(60), Duration.ZERO, Duration.ZERO, Duration.ZERO));

  @Test
  void givesUpWhenTheClientsTimeIsOver() {
    FakeRequest request = FakeRequest.get("/api/v1/pods?timeout=2s");
    Answer<Response> answer = apply(request);

    request.connection().manualLoop().advance(3, TimeUnit.SECONDS);

    CompletionException failure =
        assertThrows(
            CompletionException.class, () -> answer.toStage().toCompletableFuture().join());
    StatusException refusal = (StatusException) Objects.requireNonNull(failure.getCause());
    assertEquals(504, refusal.status().code());
  }

  @Test
  void needsNoTimerForWhatIsAnsweredInTime() {
    FakeRequest request = FakeRequest.get("/api/v1/pods");
    Answer<Response> answer = apply(request);

    running.complete(Responses.text(200, "ok"));

    assertEquals(200, Contexts.value(answer).status());
    assertEquals(0, request.connection().manualLoop().pendingTimers());
  }

  @Test
  void neverAllowsMoreThanTheServerDoes() {
    FakeRequest request = FakeRequest.get("/api/v1/pods?timeout=10h");
    Answer<Response> answer = apply(request);

    request.connection().manualLoop().advance(61, TimeUnit.SECONDS);

    assertTrue(answer.toStage().toCompletableFuture().isCompletedExceptionally());
  }

  @Test
  void leavesWatchesAlone() {
    RequestContext[] seen = new RequestContext[1];
    filter.apply(
        Contexts.unknown(FakeRequest.get("/api/v1/pods?watch=1&timeout=x")),
        context -> {
          seen[0] = context;
          return Answer.later(running);
        });

    assertEquals(RequestContext.NO_DEADLINE, seen[0].deadline());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "abc|time: invalid duration \"abc\"",
        "5|time: missing unit in duration \"5\"",
        "5y|time: unknown unit \"y\" in duration \"5y\""
      })
  void refusesATimeItCannotRead(String timeout, String why) {
    StatusException refusal =
        assertThrows(
            StatusException.class, () -> apply(FakeRequest.get("/api/v1/pods?timeout=" + timeout)));

    assertEquals(400, refusal.status().code());
    assertEquals(
        "invalid timeout specified in the request URL - " + why, refusal.status().message());
  }

  private Answer<Response> apply(FakeRequest request) {
    return filter.apply(Contexts.unknown(request), context -> Answer.later(running));
  }
}
