package dev.sallyport.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NumericAddressTest {

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
    "\uff11::1, false",
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
