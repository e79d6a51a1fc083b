package dev.sallyport.server.netty.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.ForwardingHeader;
import dev.sallyport.config.Network;
import dev.sallyport.config.Networks;
import dev.sallyport.config.NumericAddress;
import dev.sallyport.server.http.Origin;
import dev.sallyport.server.netty.exchange.HeaderLines;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 10.0.0.0/8 and fd00::/8 are our proxies; everybody else may claim what he likes. */
final class TrustedProxiesTest {

  private static final Networks OURS =
      new Networks(
          List.of(
              Network.parse("10.0.0.0/8").orElseThrow(), Network.parse("fd00::/8").orElseThrow()));

  private static Origin origin(ForwardingHeader header, String peer, String... lines)
      throws Exception {
    HeaderLines headers = new HeaderLines();
    for (int i = 0; i < lines.length; i += 2) {
      headers.add(lines[i], lines[i + 1]);
    }
    return new TrustedProxies(OURS, header)
        .of(new InetSocketAddress(InetAddress.getByName(peer), 4711), headers);
  }

  private static String path(Origin origin) {
    return String.join(" ", origin.hops().stream().map(NumericAddress::text).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0.1 | 8.8.8.8 | 8.8.8.8 10.0.0.1",
        "10.0.0.1 | 6.6.6.6, 8.8.8.8 | 8.8.8.8 10.0.0.1",
        "10.0.0.1 | 6.6.6.6, 8.8.8.8, 10.0.0.2 | 8.8.8.8 10.0.0.2 10.0.0.1",
        "10.0.0.1 | 10.9.9.9, 8.8.8.8,10.0.0.2 | 8.8.8.8 10.0.0.2 10.0.0.1",
        "10.0.0.1 | 10.0.0.3, 10.0.0.2 | 10.0.0.3 10.0.0.2 10.0.0.1",
        "8.8.4.4 | 8.8.8.8 | 8.8.4.4",
        "8.8.4.4 | 10.0.0.1 | 8.8.4.4",
        "10.0.0.1 | 8.8.8.8:1234 | 8.8.8.8 10.0.0.1",
        "10.0.0.1 | [2001:db8::1]:80 | 2001:db8::1 10.0.0.1",
        "10.0.0.1 | 2001:db8:0:0:0:0:0:1 | 2001:db8::1 10.0.0.1",
        "fd00::1 | ::ffff:10.0.0.2 | 10.0.0.2 fd00::1",
        "10.0.0.1 | unknown | 10.0.0.1",
        "10.0.0.1 | 8.8.8.8, unknown | 10.0.0.1",
        "10.0.0.1 | 8.8.8.8, _gateway | 10.0.0.1",
        "10.0.0.1 | 8.8.8.8, nonsense, 10.0.0.2 | 10.0.0.2 10.0.0.1",
        "10.0.0.1 | 8.8.8.8, | 10.0.0.1",
        "10.0.0.1 | ,8.8.8.8 | 8.8.8.8 10.0.0.1",
        "10.0.0.1 | 8.8.8.256 | 10.0.0.1",
        "10.0.0.1 | 8.8.8.8:x | 10.0.0.1",
        "10.0.0.1 | [8.8.8.8] | 10.0.0.1",
        "10.0.0.1 | [::1 | 10.0.0.1",
        "10.0.0.1 | fe80::1%eth0 | 10.0.0.1",
        "10.0.0.1 | localhost | 10.0.0.1",
        "10.0.0.1 | 8.8.8.8 evil | 10.0.0.1",
      })
  void case172TheNearestAddressThatIsNotOursIsTheClient(String peer, String claims, String believed)
      throws Exception {
    Origin origin = origin(ForwardingHeader.X_FORWARDED_FOR, peer, "X-Forwarded-For", claims);
    assertEquals(believed, path(origin));
    assertEquals(believed.split(" ", 2)[0], origin.text());
  }

  @Test
  void severalLinesAreOneList() throws Exception {
    assertEquals(
        "8.8.8.8 10.0.0.3 10.0.0.2 10.0.0.1",
        path(
            origin(
                ForwardingHeader.X_FORWARDED_FOR,
                "10.0.0.1",
                "X-Forwarded-For",
                "6.6.6.6",
                "x-forwarded-for",
                "8.8.8.8, 10.0.0.3",
                "X-FORWARDED-FOR",
                "10.0.0.2")));
  }

  @Test
  void thePortIsKnownOfThePeerOnly() throws Exception {
    assertEquals(4711, origin(ForwardingHeader.X_FORWARDED_FOR, "8.8.8.8").client().getPort());
    assertEquals(
        0,
        origin(ForwardingHeader.X_FORWARDED_FOR, "10.0.0.1", "X-Forwarded-For", "8.8.8.8")
            .client()
            .getPort());
  }

  @Test
  void anEndlessListIsFollowedForALittleWhile() throws Exception {
    Origin origin =
        origin(
            ForwardingHeader.X_FORWARDED_FOR,
            "10.0.0.1",
            "X-Forwarded-For",
            "10.0.0.2,".repeat(50_000) + "10.0.0.3");
    assertEquals(32, origin.hops().size());
  }

  @Test
  void onlyTheHeaderThatProxiesWriteIsBelieved() throws Exception {
    String[] both = {"X-Forwarded-For", "8.8.8.8", "Forwarded", "for=9.9.9.9"};
    assertEquals("8.8.8.8", origin(ForwardingHeader.X_FORWARDED_FOR, "10.0.0.1", both).text());
    assertEquals("9.9.9.9", origin(ForwardingHeader.FORWARDED, "10.0.0.1", both).text());
    assertEquals(
        "10.0.0.1",
        origin(ForwardingHeader.FORWARDED, "10.0.0.1", "X-Forwarded-For", "8.8.8.8").text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "for=8.8.8.8 | 8.8.8.8 10.0.0.1",
        "For=\"8.8.8.8\";proto=https;by=10.0.0.1 | 8.8.8.8 10.0.0.1",
        "for=\"8.8.8.8:4711\" | 8.8.8.8 10.0.0.1",
        "proto=http;for=\"[2001:db8::1]:_x\" | 2001:db8::1 10.0.0.1",
        "for=6.6.6.6, for=8.8.8.8 ; host=a, for=10.0.0.2 | 8.8.8.8 10.0.0.2 10.0.0.1",
        "for=6.6.6.6, host=\"a,for=7.7.7.7\";for=8.8.8.8 | 8.8.8.8 10.0.0.1",
        "for=\"8.8.8\\.8\" | 8.8.8.8 10.0.0.1",
        "for=8.8.8.8, for=unknown | 10.0.0.1",
        "for=8.8.8.8, for=_hidden | 10.0.0.1",
        "for=8.8.8.8, proto=https | 10.0.0.1",
        "for=8.8.8.8;for=9.9.9.9 | 10.0.0.1",
        "for=\"8.8.8.8, for=10.0.0.2 | 10.0.0.1",
        "for=8.8.8.8:80 | 10.0.0.1",
        "for=[2001:db8::1] | 10.0.0.1",
        "for = 8.8.8.8 | 10.0.0.1",
        "for=8.8.8.8,, for=10.0.0.2 | 10.0.0.1",
        "for=8.8.8.8; | 10.0.0.1",
        "for= | 10.0.0.1",
        "8.8.8.8 | 10.0.0.1",
        "for=8.8.8.8\u00fc | 10.0.0.1",
      })
  void forwardedIsReadByItsGrammarOrNotAtAll(String value, String believed) throws Exception {
    Origin origin = origin(ForwardingHeader.FORWARDED, "10.0.0.1", "Forwarded", value);
    assertEquals(believed, path(origin));
    assertTrue(origin.standard());
  }
}
