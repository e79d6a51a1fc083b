package dev.sallyport.server.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Answer;
import dev.sallyport.server.http.Contexts;
import dev.sallyport.server.http.FakeRequest;
import dev.sallyport.server.response.Responses;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChainTest {

  private final StringBuilder seen = new StringBuilder();

  @Test
  void passesFiltersInTheOrderInWhichTheyAreListed() {
    Chain chain =
        new Chain(
            List.of(noting("a"), noting("b")),
            context -> Answer.now(Responses.text(200, seen.append("e").toString())));

    assertEquals("abe", Contexts.body(Contexts.value(chain.handle(FakeRequest.get("/")))));
  }

  @Test
  void keepsAnAuditIdThatIsHarmlessAndReplacesOneThatIsNot() {
    assertEquals("abc-1", auditId(FakeRequest.get("/").header("Audit-ID", "abc-1")));
    assertTrue(
        auditId(FakeRequest.get("/").header("Audit-ID", "a\nb"))
            .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    assertNotEquals(auditId(FakeRequest.get("/")), auditId(FakeRequest.get("/")));
  }

  private static String auditId(FakeRequest request) {
    Chain chain =
        new Chain(List.of(), context -> Answer.now(Responses.text(200, context.auditId())));
    return Contexts.body(Contexts.value(chain.handle(request)));
  }

  private Filter noting(String name) {
    return (context, next) -> {
      seen.append(name);
      return next.handle(context);
    };
  }
}
