package dev.sallyport.config.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.ClientAddressConfig;
import dev.sallyport.config.ConfigException;
import dev.sallyport.config.Fault;
import dev.sallyport.config.ForwardingHeader;
import dev.sallyport.config.ProxyProtocolUse;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientAddressFlagsTest {

  private static ClientAddressConfig read(String... args) {
    Invocation read = ServerOptions.read(List.of(args), FileChecks.NONE);
    return ((Invocation.Serve) read).config().serving().clients();
  }

  @Test
  void nobodyIsBelievedUnlessNamed() {
    assertEquals(ClientAddressConfig.PEER, read());
  }

  @Test
  void networksOfBothFamiliesAreNamed() throws Exception {
    ClientAddressConfig config =
        read(
            "--proxy-protocol=optional",
            "--proxy-protocol-networks=10.0.0.0/8,fd00::/8",
            "--trusted-proxy-networks=192.0.2.1",
            "--trusted-proxy-header=Forwarded");
    assertEquals(ProxyProtocolUse.OPTIONAL, config.proxyProtocol());
    assertTrue(config.balancers().contain(InetAddress.getByName("fd12::1")));
    assertTrue(config.proxies().contain(InetAddress.getByName("192.0.2.1")));
    assertFalse(config.proxies().contain(InetAddress.getByName("192.0.2.2")));
    assertEquals(ForwardingHeader.FORWARDED, config.header());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--proxy-protocol=required | --proxy-protocol",
        "--proxy-protocol=yes | --proxy-protocol",
        "--proxy-protocol-networks=10.0.0.0/8 | --proxy-protocol-networks",
        "--trusted-proxy-networks=10.0.0.1/8 | --trusted-proxy-networks",
        "--trusted-proxy-networks=proxy.example.org | --trusted-proxy-networks",
        "--trusted-proxy-header=Forwarded | --trusted-proxy-header",
      })
  void halvesAndOtherFormsAreRefusedByName(String flag, String name) {
    List<Fault> faults =
        assertThrows(
                ConfigException.class, () -> ServerOptions.read(List.of(flag), FileChecks.NONE))
            .faults();
    assertEquals(1, faults.size(), faults.toString());
    assertEquals(name, faults.get(0).flag());
  }
}
