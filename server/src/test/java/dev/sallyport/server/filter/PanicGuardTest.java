package dev.sallyport.server.filter;

import static dev.sallyport.server.http.Contexts.body;
import static dev.sallyport.server.http.Contexts.header;
import static dev.sallyport.server.http.Contexts.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.server.chain.RequestHandler;
import dev.sallyport.server.http.Contexts;
import dev.sallyport.server.http.FakeRequest;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.ErrorTranslator;
import dev.sallyport.server.response.ResponseWriter;
import dev.sallyport.server.response.Responses;
import dev.sallyport.store.StoreException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PanicGuardTest {

  private final PanicGuard guard =
      new PanicGuard(
          new ErrorTranslator(
              new ResponseWriter(List.of()),
              failure -> new Status(503, "ServiceUnavailable", failure.kind().name(), null)));

  @Test
  void survivesAStackOverflowAndTellsNothingOfIt() {
    Response response =
        answer(
            context -> {
              throw new StackOverflowError();
            });

    assertEquals(500, response.status());
    assertTrue(body(response).contains("\"reason\":\"InternalError\""));
    assertTrue(body(response).contains("audit-1"));
    assertFalse(body(response).contains("Overflow"));
  }

  @Test
  void answersARefusalWhetherThrownOrCarried() {
    StatusException refusal = new StatusException(Status.badRequest("no"));

    Response thrown =
        answer(
            context -> {
              throw refusal;
            });
    Response carried = answer(context -> Answer.failed(refusal));

    assertEquals(400, thrown.status());
    assertEquals(body(thrown), body(carried));
    assertEquals(List.of("nosniff"), header(thrown, "x-content-type-options"));
  }

  @Test
  void asksForTheMeaningOfTheStoresFailures() {
    Response response =
        answer(
            context ->
                Answer.failed(new StoreException(StoreException.Kind.UNAVAILABLE, "disk full")));

    assertEquals(503, response.status());
    assertTrue(body(response).contains("UNAVAILABLE"));
  }

  @Test
  void namesTheRequestInEveryAnswer() {
    Response response = answer(context -> Answer.now(Responses.text(200, "ok")));

    assertEquals(List.of("audit-1"), header(response, "audit-id"));
  }

  private Response answer(RequestHandler next) {
    return value(guard.apply(Contexts.unknown(FakeRequest.get("/x")), next));
  }
}
