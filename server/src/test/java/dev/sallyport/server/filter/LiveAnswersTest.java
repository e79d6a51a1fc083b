package dev.sallyport.server.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Credential;
import dev.sallyport.authn.revocation.Revocation;
import dev.sallyport.authn.revocation.Revocations;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Contexts;
import dev.sallyport.server.http.FakeConnection;
import dev.sallyport.server.http.FakeRequest;
import dev.sallyport.server.http.FakeStream;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseHeaders;
import dev.sallyport.server.http.TunnelEnd;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LiveAnswersTest {
  private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");
  private static final Credential TOKEN =
      new Credential("JTI=t-1", null, 0, NOW.plusSeconds(60).toEpochMilli());

  private final FakeRequest request = FakeRequest.get("/api/v1/pods?watch=true");
  private final FakeConnection connection = request.connection();
  private final FakeStream stream = new FakeStream(connection.manualLoop());
  private final Revocations revocations = new Revocations();
  private final LiveAnswers live = new LiveAnswers(revocations, Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void cutsAWatchWhoseCredentialIsCalledIn() {
    start(TOKEN);
    revocations.put(Revocation.ofTokenId("other", "t-2"));
    connection.manualLoop().run();
    assertFalse(stream.aborted());

    revocations.put(Revocation.ofTokenId("lost", "t-1"));
    connection.manualLoop().run();
    assertTrue(stream.aborted());
    assertEquals(0, connection.manualLoop().pendingTimers());
  }

  @Test
  void cutsAWatchWhenItsCredentialExpires() {
    start(TOKEN);
    connection.manualLoop().advance(60, TimeUnit.SECONDS);
    assertFalse(stream.aborted());

    connection.manualLoop().advance(1, TimeUnit.SECONDS);
    assertTrue(stream.aborted());
    assertEquals(TunnelEnd.EXPIRED, stream.endedBy());
  }

  @Test
  void cutsAWatchThatBeganWhileItsCredentialWasCalledIn() {
    Response response = answer(TOKEN, streamed());
    revocations.put(Revocation.ofTokenId("lost", "t-1"));
    ((Response.Streamed) response).writer().start(stream);
    connection.manualLoop().run();

    assertTrue(stream.aborted());
  }

  @Test
  void forgetsAWatchThatHasEnded() {
    start(TOKEN);
    stream.end();
    revocations.put(Revocation.ofTokenId("lost", "t-1"));
    connection.manualLoop().advance(61, TimeUnit.SECONDS);

    assertFalse(stream.aborted());
    assertEquals(0, connection.manualLoop().pendingTimers());
  }

  @Test
  void cutsATunnelWhoseCredentialIsCalledIn() {
    Response open = answer(TOKEN, new Response.Switched(new ResponseHeaders(), opened -> {}));
    assertInstanceOf(Response.Switched.class, open).writer().start(stream);
    revocations.put(Revocation.ofTokenId("lost", "t-1"));
    connection.manualLoop().run();
    assertTrue(stream.aborted());
    assertEquals(TunnelEnd.REVOKED, stream.endedBy());
  }

  @Test
  void aCredentialWithoutAnEndNeedsNoTimer() {
    start(Credential.NONE);
    assertEquals(0, connection.manualLoop().pendingTimers());
  }

  @Test
  void leavesWhatIsAllThereAlone() {
    Response whole = new Response.Buffered(200, new ResponseHeaders(), List.of());
    assertSame(whole, answer(TOKEN, whole));
  }

  private void start(Credential credential) {
    assertInstanceOf(Response.Streamed.class, answer(credential, streamed()))
        .writer()
        .start(stream);
  }

  private static Response streamed() {
    return new Response.Streamed(200, new ResponseHeaders(), -1, opened -> {});
  }

  private Response answer(Credential credential, Response response) {
    RequestContext context =
        Contexts.unknown(request).authenticated(UserInfo.of("joe"), credential, request);
    return Contexts.value(live.apply(context, seen -> Answer.now(response)));
  }
}
