package dev.sallyport.controllers.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.controllers.FakeObjects;
import dev.sallyport.controllers.Later;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestCleanerTest {
  private static final Instant MADE = Instant.parse("2030-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    // condition, certificate's life in minutes, age in minutes, whether it goes
    "'', 0, 1440, false",
    "'', 0, 1441, true",
    "Denied, 0, 60, false",
    "Denied, 0, 61, true",
    "Failed, 0, 61, true",
    "Approved, 0, 10000, false",
    "Approved, 100, 60, false",
    "Approved, 100, 61, true",
    "Approved, 30, 29, false",
    "Approved, 30, 31, true",
    "Other, 0, 10000, false"
  })
  void removesRequestsThatHadTheirDay(String condition, int life, int age, boolean goes)
      throws Exception {
    FakeObjects objects = new FakeObjects();
    String status =
        condition.isEmpty()
            ? ""
            : "'conditions':[{'type':'"
                + condition
                + "','status':'True','lastUpdateTime':'2030-01-01T00:00:00Z'}]"
                + (life == 0 ? "" : ",'certificate':'" + certificate(life) + "'");
    objects.put(
        RequestObject.RESOURCE,
        "",
        TestRequests.object(
            SignerName.KUBE_APISERVER_CLIENT, new byte[0], "x", "['client auth']", status));
    Later later = new Later();
    Clock clock = Clock.fixed(MADE.plusSeconds(age * 60L), ZoneOffset.UTC);
    new RequestCleaner(objects, clock, later).start();
    later.runOnce();
    assertEquals(goes ? List.of("delete certificatesigningrequests r") : List.of(), objects.writes);
    assertEquals(1, later.size(), "it looks again");
  }

  private static String certificate(int minutes) {
    CertificateAuthority any =
        CertificateAuthority.create("x", MADE.minusSeconds(60), MADE.plusSeconds(minutes * 60L));
    String pem = PemWriter.certificate(any.certificate());
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }
}
