package dev.sallyport.server.filter;

import static dev.sallyport.server.http.Contexts.body;
import static dev.sallyport.server.http.Contexts.header;
import static dev.sallyport.server.http.Contexts.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.config.RequestHeaderConfig;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Contexts;
import dev.sallyport.server.http.FakeRequest;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.ResponseWriter;
import dev.sallyport.server.response.Responses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AuthenticationFilterTest {

  private static final AuthenticationResult ANN =
      new Authenticated(UserInfo.of("ann"), Audiences.ANY);
  private static final AuthenticationResult ANONYMOUS =
      new Authenticated(UserInfo.of(WellKnown.USER_ANONYMOUS), Audiences.ANY);

  private final List<RequestContext> passed = new ArrayList<>();

  @Test
  void refusesABadCredentialAndSaysNoMore() {
    Response response = answer(new Rejected("expired"), FakeRequest.get("/api"));

    assertEquals(401, response.status());
    assertEquals(List.of("no-cache, private"), header(response, "cache-control"));
    assertEquals(List.of(), header(response, "x-content-type-options"));
    assertFalse(body(response).contains("expired"));
    assertTrue(passed.isEmpty());
  }

  @Test
  void refusesWhoeverNobodyVouchesFor() {
    assertEquals(401, answer(Abstained.INSTANCE, FakeRequest.get("/api")).status());
  }

  @Test
  void hidesCredentialsAndTheFrontProxysHeadersFromAllBehind() {
    answer(
        ANN,
        FakeRequest.get("/api")
            .header("authorization", "Bearer secret")
            .header("x-remote-user", "root")
            .header("X-Remote-Extra-Scopes", "all")
            .header("Accept", "*/*"));

    List<String> seen = new ArrayList<>();
    passed.get(0).request().headers().forEach((name, value) -> seen.add(name));
    assertEquals(List.of("Accept"), seen);
    assertNull(passed.get(0).request().headers().first("Authorization"));
    assertEquals(List.of(), passed.get(0).request().headers().all("X-Remote-User"));
  }

  @Test
  void givesUpAnHttp2ConnectionWithoutAKnownUser() {
    FakeRequest anonymous = FakeRequest.get("/version");
    anonymous.connection().http2(true);
    FakeRequest rejected = FakeRequest.get("/version");
    rejected.connection().http2(true);
    FakeRequest known = FakeRequest.get("/version");
    known.connection().http2(true);

    answer(ANONYMOUS, anonymous);
    answer(new Rejected("bad"), rejected);
    answer(ANN, known);

    assertTrue(anonymous.connection().closing());
    assertTrue(rejected.connection().closing());
    assertFalse(known.connection().closing());
  }

  @Test
  void warnsOfATokenBehindTwoSpaces() {
    Response response =
        answer(ANONYMOUS, FakeRequest.get("/version").header("Authorization", "Bearer  nope"));

    assertEquals(
        List.of(
            "299 - \"the provided Authorization header contains extra space before the bearer"
                + " token, and is ignored\""),
        header(response, "warning"));
  }

  private Response answer(AuthenticationResult result, FakeRequest request) {
    AuthenticationFilter filter =
        new AuthenticationFilter(
            credentials -> Answer.now(result),
            Audiences.ANY,
            new CredentialHeaders(
                Optional.of(
                    new RequestHeaderConfig(
                        Path.of("ca.crt"),
                        List.of(),
                        List.of("X-Remote-User"),
                        List.of(),
                        List.of("X-Remote-Group"),
                        List.of("X-Remote-Extra-")))),
            new ResponseWriter(List.of()),
            outcome -> {});
    return value(
        filter.apply(
            Contexts.unknown(request),
            context -> {
              passed.add(context);
              return Answer.now(Responses.text(200, "ok"));
            }));
  }
}
