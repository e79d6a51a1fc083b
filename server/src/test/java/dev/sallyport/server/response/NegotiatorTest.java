package dev.sallyport.server.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.server.http.FakeRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NegotiatorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*|JSON|NONE",
        "application/json|JSON|NONE",
        "application/yaml|YAML|NONE",
        "application/vnd.kubernetes.protobuf|PROTOBUF|NONE",
        "application/vnd.kubernetes.protobuf,application/json|PROTOBUF|NONE",
        "application/json;q=0.5,application/yaml|YAML|NONE",
        "text/html,*/*;q=0.1|JSON|NONE",
        "application/json;as=Table;v=v1;g=meta.k8s.io,application/json|JSON|TABLE",
        "application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json|JSON|NONE",
        "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io|JSON|METADATA",
        "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io|JSON|METADATA_LIST",
        "application/json;as=Nope;g=meta.k8s.io;v=v1,application/yaml|YAML|NONE",
      })
  void choosesWhatTheClientLikesBest(String accept, String format, String transform) {
    Representation chosen = Negotiator.OBJECTS.choose(accepting(accept), null);

    assertEquals(format, chosen.format().name());
    assertEquals(transform, chosen.transform().name());
  }

  @Test
  void refusesWhatItDoesNotHave() {
    Status refusal = refusal("text/plain");

    assertEquals(406, refusal.code());
    assertEquals(
        "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml,"
            + " application/vnd.kubernetes.protobuf",
        refusal.message());
  }

  @Test
  void refusesAnUnknownTransformInOtherWords() {
    assertEquals(
        "only the following media types are accepted: application/json, application/yaml,"
            + " application/vnd.kubernetes.protobuf",
        refusal("application/json;as=Nope;g=meta.k8s.io;v=v1").message());
  }

  @Test
  void tellsFailuresInJsonToThoseWhoAcceptNothing() {
    assertEquals(Representation.JSON, Negotiator.PLAIN.chooseOrJson(accepting("text/html"), null));
  }

  @Test
  void offersNoTablesOfStatuses() {
    Representation chosen =
        Negotiator.PLAIN.choose(
            accepting("application/json;as=Table;v=v1;g=meta.k8s.io,application/json"), null);

    assertEquals(Representation.JSON, chosen);
  }

  @Test
  void indentsForCurl() {
    FakeRequest curl = accepting("*/*").header("User-Agent", "curl/8.5.0");

    assertTrue(Negotiator.OBJECTS.choose(curl, null).pretty());
    assertEquals(Representation.JSON, Negotiator.OBJECTS.choose(curl, "false"));
    assertTrue(Negotiator.OBJECTS.choose(accepting("*/*"), "true").pretty());
  }

  private static Status refusal(String accept) {
    return assertThrows(
            StatusException.class, () -> Negotiator.OBJECTS.choose(accepting(accept), null))
        .status();
  }

  private static FakeRequest accepting(String accept) {
    return FakeRequest.get("/").header("Accept", accept);
  }
}
