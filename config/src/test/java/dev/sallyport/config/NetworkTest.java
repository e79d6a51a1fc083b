package dev.sallyport.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.1.2.128/25, 10.1.2.127, false",
    "10.1.2.128/25, 10.1.2.255, true",
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.2.4, false",
    "0.0.0.0/0, 1.2.3.4, true",
    "0.0.0.0/0, ::1, false",
    "::/0, 1.2.3.4, false",
    "fd00::/9, fd7f::1, true",
    "fd00::/9, fd80::1, false",
    "::1, ::1, true",
    "10.0.0.0/8, ::ffff:10.0.0.1, true",
  })
  void holdsWhatSharesItsFirstBits(String network, String address, boolean holds) throws Exception {
    assertEquals(
        holds, Network.parse(network).orElseThrow().contains(InetAddress.getByName(address)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0.0/8/8",
        "10.0.0.1/8",
        "10.0/8",
        "example.org/8",
        "[::1]/128",
        "fd00::/129",
        "fe80::1%eth0"
      })
  void otherFormsAreNone(String text) {
    assertTrue(Network.parse(text).isEmpty(), text);
  }
}
