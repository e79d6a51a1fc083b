package dev.sallyport.server.filter;

import static dev.sallyport.server.http.Contexts.header;
import static dev.sallyport.server.http.Contexts.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.config.LimitsConfig;
import dev.sallyport.server.http.Contexts;
import dev.sallyport.server.http.FakeRequest;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Responses;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class InFlightFilterTest {

  private static final UserInfo ANN = UserInfo.of("ann");
  private static final UserInfo BOSS = UserInfo.of("boss", WellKnown.GROUP_MASTERS);

  private final CompletableFuture<Response> running = new CompletableFuture<>();
  private final InFlightFilter filter =
      new InFlightFilter(
          new LimitsConfig(
              1, 1, 0, Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO, Duration.ZERO));

  @Test
  void refusesOneReadTooManyAndLetsTheNextInWhenThereIsRoom() {
    run(ANN, "GET", "/api/v1/pods");

    Response refused = value(run(ANN, "GET", "/api/v1/pods"));

    assertEquals(429, refused.status());
    assertEquals(List.of("1"), header(refused, "retry-after"));
    running.complete(Responses.text(200, "ok"));
    assertEquals(0, filter.reads());
    assertEquals(200, value(run(ANN, "GET", "/api/v1/pods")).status());
  }

  @Test
  void countsReadsAndWritesApart() {
    run(ANN, "GET", "/api/v1/pods");
    run(ANN, "POST", "/api/v1/namespaces/a/pods");

    assertEquals(1, filter.reads());
    assertEquals(1, filter.writes());
  }

  @Test
  void neverRefusesMasters() {
    run(ANN, "GET", "/api/v1/pods");
    Answer<Response> boss = run(BOSS, "GET", "/api/v1/pods");

    running.complete(Responses.text(200, "ok"));

    assertEquals(200, value(boss).status());
  }

  @Test
  void case186ProbesPassAndTakeNobodysPlace() {
    run(ANN, "GET", "/livez");
    assertEquals(0, filter.reads());
    run(ANN, "GET", "/api/v1/pods");
    Answer<Response> probe = run(ANN, "GET", "/readyz");
    assertEquals(429, value(run(ANN, "GET", "/metrics")).status());

    running.complete(Responses.text(200, "ok"));

    assertEquals(200, value(probe).status());
  }

  @Test
  void doesNotCountWatches() {
    run(ANN, "GET", "/api/v1/pods?watch=1");

    assertEquals(0, filter.reads());
  }

  @Test
  void givesThePlaceBackWhenTheRequestFails() {
    assertThrows(
        IllegalStateException.class,
        () ->
            filter.apply(
                Contexts.by(ANN, FakeRequest.get("/api/v1/pods")),
                context -> {
                  throw new IllegalStateException();
                }));

    assertEquals(0, filter.reads());
  }

  private Answer<Response> run(UserInfo user, String method, String target) {
    return filter.apply(
        Contexts.by(user, FakeRequest.of(method, target)), context -> Answer.later(running));
  }
}
