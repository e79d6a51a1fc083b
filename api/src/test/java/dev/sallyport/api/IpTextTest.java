package dev.sallyport.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IpTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "255.255.255.255",
        "::",
        "::1",
        "1::",
        "2001:db8::ff00:42:8329",
        "1:2:3:4:5:6:7:8",
        "::1.2.3.4",
        "1:2:3:4:5:6:1.2.3.4",
        "FE80::a"
      })
  void addressesAreWhatTheJdkTakesThemFor(String text) throws Exception {
    byte[] octets = Objects.requireNonNull(IpText.octets(text));
    assertEquals(InetAddress.getByName(text), InetAddress.getByAddress(octets));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "01.2.3.4",
        "1.2.3.4 ",
        "a.b.c.d",
        "1",
        "localhost",
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        "g::",
        "::1%lo",
        "[::1]",
        "1.2.3.4::",
        "1:2:3:4:5:1.2.3.4::",
        "::1.2.3.4:5",
        "1:",
        ":1",
        "٣::"
      })
  void othersAreNone(String text) {
    assertNull(IpText.octets(text));
  }

  @ParameterizedTest
  @CsvSource({
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
    "0:0:0:0:0:0:0:0, ::",
    "10.0.0.1, 10.0.0.1"
  })
  void theyAreWrittenInOneWay(String text, String written) {
    byte[] octets = Objects.requireNonNull(IpText.octets(text));
    assertEquals(written, IpText.text(octets));
    assertArrayEquals(octets, IpText.octets(written));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/24, 24",
    "10.0.0.0/0, 0",
    "10.0.0.0/33, -1",
    "::/128, 128",
    "::/129, -1",
    "10.0.0.0/08, -1",
    "10.0.0.0/, -1",
    "10.0.0.0, -1",
    "10.0.0.0/-1, -1",
    "x/8, -1"
  })
  void networksHavePrefixes(String text, int bits) {
    assertEquals(bits, IpText.prefixLength(text));
  }

  @Test
  void theTwoVersionsAreToldApart() {
    assertTrue(IpText.isFour("1.2.3.4"));
    assertFalse(IpText.isSixteen("1.2.3.4"));
    assertTrue(IpText.isSixteen("::1.2.3.4"));
    assertFalse(IpText.isFour("::1.2.3.4"));
  }
}
