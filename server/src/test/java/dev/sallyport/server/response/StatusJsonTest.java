package dev.sallyport.server.response;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.api.Status;
import dev.sallyport.api.StatusCause;
import dev.sallyport.api.StatusDetails;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StatusJsonTest {

  @Test
  void writesMembersInKubernetesOrder() {
    assertEquals(
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
            + "\"message\":\"configmaps \\\"a\\\" not found\",\"reason\":\"NotFound\","
            + "\"details\":{\"name\":\"a\",\"kind\":\"configmaps\"},\"code\":404}",
        json(Status.notFound("", "configmaps", "a")));
  }

  @Test
  void leavesOutDetailsThatAreNotThere() {
    assertEquals(
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
            + "\"message\":\"Unauthorized\",\"reason\":\"Unauthorized\",\"code\":401}",
        json(Status.unauthorized()));
  }

  @Test
  void writesEmptyDetailsAndNoCodeOfASuccess() {
    assertEquals(
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Success\","
            + "\"details\":{}}",
        json(new Status(200, "", "", StatusDetails.EMPTY)));
  }

  @Test
  void writesCausesAndWhenToComeBack() {
    StatusDetails details =
        new StatusDetails("", "", "", "", List.of(new StatusCause("R", "m", "")), 1);

    assertEquals(
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
            + "\"message\":\"late\",\"reason\":\"Timeout\",\"details\":{\"causes\":["
            + "{\"reason\":\"R\",\"message\":\"m\"}],\"retryAfterSeconds\":1},\"code\":504}",
        json(new Status(504, "Timeout", "late", details)));
  }

  @Test
  void escapesWhatABrowserCouldTakeForAPage() {
    assertEquals(
        "\"\\u003cscript\\u003e\\u0026\\n\\u0000é\"",
        new String(new JsonText().string("<script>&\n\0é").bytes(), StandardCharsets.UTF_8));
  }

  private static String json(Status status) {
    return new String(StatusJson.encode(status), StandardCharsets.UTF_8);
  }
}
