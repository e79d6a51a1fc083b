package dev.sallyport.server.endpoint.filtered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sallyport.server.http.FakeRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonAcceptTest {

  private static String kept(String accept) {
    return String.valueOf(JsonAccept.of(FakeRequest.get("/").header("Accept", accept)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/vnd.kubernetes.protobuf,application/json|application/json",
        "application/json;as=Table;v=v1;g=meta.k8s.io,"
            + " application/json|application/json;as=Table;v=v1;g=meta.k8s.io,application/json",
        "application/yaml, */*;q=0.1|application/json;q=0.1",
        "application/*|application/json",
        "Application/JSON|application/json"
      })
  void keepsWhatIsAboutJson(String accept, String kept) {
    assertEquals(kept, kept(accept));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/vnd.kubernetes.protobuf", "application/yaml", "text/*"})
  void findsNothingForOthers(String accept) {
    assertNull(JsonAccept.of(FakeRequest.get("/").header("Accept", accept)));
  }

  @Test
  void takesJsonWhereNothingIsSaid() {
    assertEquals("application/json", JsonAccept.of(FakeRequest.get("/")));
  }
}
