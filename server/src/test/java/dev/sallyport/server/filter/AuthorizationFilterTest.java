package dev.sallyport.server.filter;

import static dev.sallyport.server.http.Contexts.body;
import static dev.sallyport.server.http.Contexts.header;
import static dev.sallyport.server.http.Contexts.value;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Decision;
import dev.sallyport.server.http.Contexts;
import dev.sallyport.server.http.FakeRequest;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.ResponseWriter;
import dev.sallyport.server.response.Responses;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class AuthorizationFilterTest {

  @Test
  void opensForAllowOnly() {
    assertEquals(200, answer(AuthorizationResult.allow("")).status());
    assertEquals(403, answer(AuthorizationResult.deny("")).status());
    assertEquals(403, answer(AuthorizationResult.NO_OPINION).status());
  }

  @Test
  void tellsWhoMayNotDoWhatAndWhy() {
    Response response = answer(AuthorizationResult.deny("because"));

    assertEquals(
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
            + "\"message\":\"pods is forbidden: User \\\"ann\\\" cannot list resource \\\"pods\\\""
            + " in API group \\\"\\\" at the cluster scope: because\",\"reason\":\"Forbidden\","
            + "\"details\":{\"kind\":\"pods\"},\"code\":403}",
        body(response));
    assertEquals(List.of("nosniff"), header(response, "x-content-type-options"));
  }

  @Test
  void failsClosedWithPlainTextWhenItCannotJudge() {
    Response response = answer(new AuthorizationResult(Decision.NO_OPINION, "", "no <answer>"));

    assertEquals(500, response.status());
    assertEquals(
        "Internal Server Error: \"/api/v1/pods?limit=1\": no &lt;answer&gt;\n", body(response));
    assertEquals(List.of(Responses.TEXT), header(response, "content-type"));
  }

  @Test
  void letsAnAllowPassThatCarriesAnError() {
    assertEquals(
        200, answer(new AuthorizationResult(Decision.ALLOW, "", "another one failed")).status());
  }

  @Test
  void waitsForAVerdictThatComesLater() {
    CompletableFuture<AuthorizationResult> later = new CompletableFuture<>();
    Answer<Response> answer = apply(Answer.later(later));

    later.complete(AuthorizationResult.deny(""));

    assertEquals(403, value(answer).status());
  }

  private static Response answer(AuthorizationResult result) {
    return value(apply(Answer.now(result)));
  }

  private static Answer<Response> apply(Answer<AuthorizationResult> verdict) {
    AuthorizationFilter filter =
        new AuthorizationFilter(attributes -> verdict, new ResponseWriter(List.of()));
    return filter.apply(
        Contexts.by(UserInfo.of("ann"), FakeRequest.get("/api/v1/pods?limit=1")),
        context -> Answer.now(Responses.text(200, "ok")));
  }
}
