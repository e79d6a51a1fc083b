package dev.sallyport.proxy.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.UserInfo;
import dev.sallyport.config.routes.UpstreamTimeouts;
import dev.sallyport.proxy.UpstreamException.Kind;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.proxy.UpstreamRequest;
import dev.sallyport.proxy.balance.FakeEndpoint.Manner;
import io.netty.channel.DefaultEventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UpstreamGroupTest {

  private static final UpstreamTimeouts NEVER =
      new UpstreamTimeouts(Duration.ofSeconds(5), Duration.ZERO, Duration.ZERO);

  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final List<Integer> observed = new ArrayList<>();

  @AfterEach
  void stop() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private UpstreamGroup group(
      UpstreamTimeouts timeouts, int most, int retries, FakeEndpoint... endpoints) {
    List<GroupEndpoint> all = new ArrayList<>();
    for (FakeEndpoint each : endpoints) {
      all.add(new GroupEndpoint("http://" + all.size(), 1, each, each));
    }
    return new UpstreamGroup(
        new GroupSettings("shop", timeouts, most, retries),
        all,
        (status, nanos) -> observed.add(status));
  }

  private static UpstreamRequest request(String method, long length, String upgrade) {
    return new UpstreamRequest(
        method,
        "/",
        ProbeRequest.of("/").headers(),
        "",
        "unknown",
        "1.1",
        UserInfo.of("ann"),
        length,
        upgrade);
  }

  private <T> T onLoop(Callable<T> action) throws Exception {
    return loop.submit(action).get(20, TimeUnit.SECONDS);
  }

  private Outcome send(UpstreamGroup group, UpstreamRequest request) throws Exception {
    Outcome outcome = new Outcome();
    onLoop(() -> group.open(loop, request, outcome));
    return outcome;
  }

  private static Kind failure(Outcome outcome) throws Exception {
    return outcome.failure.get(20, TimeUnit.SECONDS).kind();
  }

  @Test
  void takesTurns() throws Exception {
    FakeEndpoint a = new FakeEndpoint(Manner.ANSWERS);
    FakeEndpoint b = new FakeEndpoint(Manner.ANSWERS);
    UpstreamGroup group = group(NEVER, 10, 1, a, b);
    for (int i = 0; i < 10; i++) {
      assertEquals(200, send(group, request("GET", 0, "")).status.get(20, TimeUnit.SECONDS));
    }
    assertEquals(5, a.seen.size());
    assertEquals(5, b.seen.size());
    onLoop(() -> true);
    assertEquals(0, group.running());
  }

  @Test
  void whatWasNeverSentGoesToAnotherEndpointWithItsBody() throws Exception {
    FakeEndpoint a = new FakeEndpoint(Manner.REFUSES);
    FakeEndpoint b = new FakeEndpoint(Manner.ANSWERS);
    UpstreamGroup group = group(NEVER, 10, 1, a, b);
    for (int i = 0; i < 10; i++) {
      Outcome outcome = send(group, request("POST", 7, ""));
      assertEquals(200, outcome.status.get(20, TimeUnit.SECONDS));
      assertEquals(1, outcome.readies);
    }
    assertEquals(10, b.seen.size());
    assertEquals(1, a.seen.size(), "an endpoint that refused rests");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void whatMayHaveBeenDoneIsNeverSentTwice(String method) throws Exception {
    FakeEndpoint a = new FakeEndpoint(Manner.BREAKS);
    FakeEndpoint b = new FakeEndpoint(Manner.BREAKS);
    UpstreamGroup group = group(NEVER, 10, 5, a, b);
    assertEquals(Kind.BROKEN, failure(send(group, request(method, 0, ""))));
    assertEquals(1, a.seen.size() + b.seen.size());
  }

  @Test
  void aReadWithoutAnswerIsSentAgainElsewhereAsOftenAsAllowed() throws Exception {
    FakeEndpoint a = new FakeEndpoint(Manner.BREAKS);
    FakeEndpoint b = new FakeEndpoint(Manner.BREAKS);
    FakeEndpoint c = new FakeEndpoint(Manner.ANSWERS);
    Outcome twice = send(group(NEVER, 10, 2, a, b, c), request("GET", 0, ""));
    assertEquals(200, twice.status.get(20, TimeUnit.SECONDS));
    assertEquals(1, twice.readies);
    assertEquals(Kind.BROKEN, failure(send(group(NEVER, 10, 1, a, b, c), request("GET", 0, ""))));
    int before = a.seen.size() + b.seen.size();
    assertEquals(Kind.BROKEN, failure(send(group(NEVER, 10, 5, a, b), request("GET", 3, ""))));
    assertEquals(before + 1, a.seen.size() + b.seen.size(), "a body cannot be sent twice");
  }

  @Test
  void aTunnelThatBrokeIsNotOpenedTwice() throws Exception {
    FakeEndpoint a = new FakeEndpoint(Manner.BREAKS);
    FakeEndpoint b = new FakeEndpoint(Manner.ANSWERS);
    UpstreamGroup group = group(NEVER, 10, 5, a, b);
    assertEquals(Kind.BROKEN, failure(send(group, request("GET", 0, "websocket"))));
    assertEquals(0, b.seen.size());
  }

  @Test
  void allDownIsSaidWithTheUpstreamsName() throws Exception {
    FakeEndpoint a = new FakeEndpoint(Manner.ANSWERS);
    UpstreamGroup group = group(NEVER, 10, 1, a);
    group.endpoints().get(0).healthy(false);
    Outcome outcome = send(group, request("GET", 0, ""));
    assertEquals(Kind.UNAVAILABLE, failure(outcome));
    assertEquals(
        "upstream shop has no healthy endpoint",
        outcome.failure.get(20, TimeUnit.SECONDS).getMessage());
    assertTrue(a.seen.isEmpty());
    assertEquals(List.of(0), observed);
    group.endpoints().get(0).healthy(true);
    assertEquals(200, send(group, request("GET", 0, "")).status.get(20, TimeUnit.SECONDS));
  }

  @Test
  void theOnlyEndpointIsTriedEvenAfterItRefused() throws Exception {
    FakeEndpoint a = new FakeEndpoint(Manner.REFUSES);
    UpstreamGroup group = group(NEVER, 10, 1, a);
    assertEquals(Kind.UNREACHABLE, failure(send(group, request("GET", 0, ""))));
    a.manner = Manner.ANSWERS;
    assertEquals(200, send(group, request("GET", 0, "")).status.get(20, TimeUnit.SECONDS));
  }

  @Test
  void aboveTheLimitRequestsWaitForATurnAndTheQueueIsShort() throws Exception {
    FakeEndpoint a = new FakeEndpoint(Manner.WAITS);
    UpstreamGroup group = group(NEVER, 2, 1, a);
    List<Outcome> running = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      running.add(send(group, request("GET", 0, "")));
    }
    assertEquals(2, a.seen.size());
    assertEquals(Kind.BUSY, failure(send(group, request("GET", 0, ""))), "eight wait already");
    for (int i = 0; i < 10; i++) {
      int exchange = i;
      onLoop(
          () -> {
            a.answer(exchange);
            return true;
          });
      assertEquals(200, running.get(i).status.get(20, TimeUnit.SECONDS));
    }
    assertEquals(0, group.running());
  }

  @Test
  void whoGivesUpWaitingTakesNobodysTurn() throws Exception {
    FakeEndpoint a = new FakeEndpoint(Manner.WAITS);
    UpstreamGroup group = group(NEVER, 1, 1, a);
    Outcome first = send(group, request("GET", 0, ""));
    UpstreamExchange gone = onLoop(() -> group.open(loop, request("GET", 0, ""), new Outcome()));
    Outcome third = send(group, request("GET", 0, ""));
    onLoop(
        () -> {
          gone.cancel();
          a.answer(0);
          return true;
        });
    assertEquals(200, first.status.get(20, TimeUnit.SECONDS));
    onLoop(() -> true);
    onLoop(
        () -> {
          a.answer(1);
          return true;
        });
    assertEquals(200, third.status.get(20, TimeUnit.SECONDS));
    assertEquals(2, a.seen.size());
    assertEquals(0, group.running());
  }

  @Test
  void whoWaitsForTooLongIsToldSo() throws Exception {
    FakeEndpoint a = new FakeEndpoint(Manner.WAITS);
    UpstreamTimeouts short1 =
        new UpstreamTimeouts(Duration.ofMillis(40), Duration.ZERO, Duration.ZERO);
    UpstreamGroup group = group(short1, 1, 1, a);
    send(group, request("GET", 0, ""));
    assertEquals(Kind.BUSY, failure(send(group, request("GET", 0, ""))));
    assertEquals(1, group.running());
  }

  @Test
  void anAnswerThatDoesNotBeginInTimeIsGivenUpAndNotRepeated() throws Exception {
    FakeEndpoint a = new FakeEndpoint(Manner.WAITS);
    FakeEndpoint b = new FakeEndpoint(Manner.WAITS);
    UpstreamTimeouts response =
        new UpstreamTimeouts(Duration.ZERO, Duration.ofMillis(40), Duration.ZERO);
    UpstreamGroup group = group(response, 10, 5, a, b);
    assertEquals(Kind.TIMEOUT, failure(send(group, request("GET", 0, ""))));
    assertEquals(1, a.seen.size() + b.seen.size());
    assertEquals(1, a.cancelled + b.cancelled);
    assertEquals(0, group.running());
  }

  @Test
  void aBodyThatGoesSilentIsBroken() throws Exception {
    FakeEndpoint a = new FakeEndpoint(Manner.WAITS);
    UpstreamTimeouts idle =
        new UpstreamTimeouts(Duration.ZERO, Duration.ZERO, Duration.ofMillis(40));
    UpstreamGroup group = group(idle, 10, 1, a);
    Outcome outcome = send(group, request("GET", 0, ""));
    onLoop(
        () -> {
          a.receivers.get(0).head(new UpstreamHead(200, List.of(), 10));
          return true;
        });
    assertEquals(Kind.BROKEN, failure(outcome));
    assertEquals(List.of(200), observed);
    assertEquals(1, a.cancelled);
  }

  @Test
  void aClosedGroupClosesItsEndpoints() {
    FakeEndpoint a = new FakeEndpoint(Manner.ANSWERS);
    UpstreamGroup group = group(NEVER, 10, 1, a);
    assertFalse(a.closed);
    group.close();
    assertTrue(a.closed);
  }

  @Test
  void aRouteLeavesOutAnUpstreamWithoutHealthyEndpoints() throws Exception {
    FakeEndpoint a = new FakeEndpoint(Manner.ANSWERS);
    FakeEndpoint b = new FakeEndpoint(Manner.ANSWERS);
    UpstreamGroup first = group(NEVER, 10, 1, a);
    UpstreamGroup second = group(NEVER, 10, 1, b);
    SharedUpstreams shared = new SharedUpstreams(List.of(first, second), List.of(9, 1));
    for (int i = 0; i < 20; i++) {
      onLoop(() -> shared.open(loop, request("GET", 0, ""), new Outcome()));
    }
    assertEquals(18, a.seen.size());
    assertEquals(2, b.seen.size());
    first.endpoints().get(0).healthy(false);
    for (int i = 0; i < 5; i++) {
      onLoop(() -> shared.open(loop, request("GET", 0, ""), new Outcome()));
    }
    assertEquals(7, b.seen.size());
  }
}
