package dev.sallyport.server.filter.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.server.http.FakeRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SourceAddressesTest {

  @Test
  void withoutAnyHeaderThereIsThePeer() {
    assertEquals(List.of("127.0.0.1"), SourceAddresses.of(FakeRequest.get("/")));
  }

  @Test
  void case192AForgedHeaderNeverStandsLast() {
    assertEquals(
        List.of("8.8.8.8", "::1", "127.0.0.1"),
        SourceAddresses.of(
            FakeRequest.get("/").header("X-Forwarded-For", " 8.8.8.8 ,x, ::1,300.1.1.1")));
    assertEquals(
        List.of("127.0.0.1"),
        SourceAddresses.of(FakeRequest.get("/").header("X-Forwarded-For", "127.0.0.1")));
  }

  @Test
  void ofVeryManyTheNearestAreKept() {
    FakeRequest request =
        FakeRequest.get("/").header("X-Forwarded-For", "10.0.0.1,".repeat(5000) + "10.0.0.2");
    List<String> addresses = SourceAddresses.of(request);
    assertEquals(32, addresses.size());
    assertEquals(List.of("10.0.0.2", "127.0.0.1"), addresses.subList(30, 32));
  }
}
