package dev.sallyport.server.endpoint.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.api.Answer;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.server.chain.Query;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.FakeRequest;
import dev.sallyport.server.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HealthEndpointTest {

  private boolean ready;
  private final List<String> observed = new ArrayList<>();
  private final HealthEndpoint endpoint =
      new HealthEndpoint(
          "readyz",
          List.of(HealthCheck.always("ping"), HealthCheck.until("store", () -> ready)),
          (probe, check, well) -> observed.add(probe + " " + check + " " + well));

  @Test
  void saysOkAndNoMoreWhenAllIsWell() {
    ready = true;

    assertEquals("200 ok", get("/readyz"));
  }

  @Test
  void everyCheckIsCountedAsItEnded() {
    get("/readyz");
    get("/readyz/ping");

    assertEquals(List.of("readyz ping true", "readyz store false", "readyz ping true"), observed);
  }

  @Test
  void withholdsWhyACheckFails() {
    assertEquals(
        "500 [+]ping ok\n[-]store failed: reason withheld\nreadyz check failed\n", get("/readyz"));
  }

  @Test
  void tellsEachCheckWhenAsked() {
    ready = true;

    assertEquals("200 [+]ping ok\n[+]store ok\nreadyz check passed\n", get("/readyz?verbose"));
  }

  @Test
  void leavesChecksOut() {
    assertEquals("200 ok", get("/readyz?exclude=store"));
    assertEquals(
        "200 [+]ping ok\n[+]store excluded: ok\n"
            + "warn: some health checks cannot be excluded: no matches for \"x\"\n"
            + "readyz check passed\n",
        get("/readyz?verbose&exclude=store&exclude=x"));
  }

  @Test
  void answersForOneCheckAlone() {
    assertEquals("200 ok", get("/readyz/ping"));
    assertEquals("500 internal server error: store failed\n", get("/readyz/store"));
    assertEquals("404 404 page not found\n", get("/readyz/nope"));
  }

  private String get(String target) {
    FakeRequest request = FakeRequest.get(target);
    RequestContext context =
        RequestContext.of(request, "id")
            .resolved(RequestInfo.ofPath("get", request.path()), Query.parse(request.query()));
    Answer<Response> answer = endpoint.answer(context);
    Response.Buffered response = (Response.Buffered) ((Answer.Now<Response>) answer).value();
    return response.status()
        + " "
        + new String(response.segments().get(0).bytes(), StandardCharsets.UTF_8);
  }
}
