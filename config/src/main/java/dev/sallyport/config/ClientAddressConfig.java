package dev.sallyport.config;

/**
 * Who is believed when it says on whose behalf it connects.
 *
 * @param proxyProtocol whether connections of {@code balancers} begin with a PROXY header
 * @param balancers whose PROXY header is read; from others it is a broken handshake
 * @param proxies whose {@code header} is believed; empty: nobody's
 * @param header the one header that those proxies write
 */
public record ClientAddressConfig(
    ProxyProtocolUse proxyProtocol, Networks balancers, Networks proxies, ForwardingHeader header) {

  /** The connection's peer is the client. */
  public static final ClientAddressConfig PEER =
      new ClientAddressConfig(
          ProxyProtocolUse.OFF, Networks.NONE, Networks.NONE, ForwardingHeader.X_FORWARDED_FOR);

  public ClientAddressConfig {
    if (proxyProtocol == ProxyProtocolUse.OFF != balancers.isEmpty()) {
      throw new IllegalArgumentException("PROXY headers need networks that send them");
    }
  }
}
