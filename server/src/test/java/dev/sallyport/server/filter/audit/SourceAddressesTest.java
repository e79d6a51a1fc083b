package dev.sallyport.server.filter.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.server.http.FakeRequest;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "1.2.3.4, true",
    "1.2.3, false",
    "1.2.3.4., false",
    "1.2.3.256, false",
    "1.2.3.0004, false",
    "::, true",
    "::1, true",
    "1::, true",
    "2001:db8::1, true",
    "1:2:3:4:5:6:7:8, true",
    "1:2:3:4:5:6:7, false",
    "1:2:3:4:5:6:7:8:9, false",
    "1::2::3, false",
    "12345::, false",
    "::ffff:1.2.3.4, true",
    "1:2:3:4:5:6:1.2.3.4, true",
    "::1%eth0, false",
    "1:, false",
    "a.b.c.d, false",
    "localhost, false",
  })
  void tellsAddressesFromOtherTexts(String text, boolean address) {
    assertEquals(address, NumericAddress.is(text));
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 10.1.2.3",
    "0:0:0:0:0:0:0:1, ::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "fe80:0:0:0:0:0:0:0, fe80::",
    "0:0:0:0:0:0:0:0, ::",
  })
  void writesIpv6Short(String address, String written) throws Exception {
    assertEquals(written, NumericAddress.text(InetAddress.getByName(address)));
  }
}
