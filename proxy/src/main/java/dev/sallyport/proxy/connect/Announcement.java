package dev.sallyport.proxy.connect;

import dev.sallyport.config.NumericAddress;
import dev.sallyport.proxy.ClientOrigin;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * How a connection begins: with a PROXY header that names the client, or without one.
 *
 * @see <a href="https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt">the PROXY protocol</a>
 */
public enum Announcement {
  NONE,
  /** A line of text. */
  VERSION_1,
  /** Binary. */
  VERSION_2;

  HAProxyMessage message(ClientOrigin origin) {
    HAProxyProtocolVersion version =
        this == VERSION_1 ? HAProxyProtocolVersion.V1 : HAProxyProtocolVersion.V2;
    return origin.known() ? named(version, origin) : local(version);
  }

  /** What we ask for ourselves, such as whether the backend is well. */
  private static HAProxyMessage local(HAProxyProtocolVersion version) {
    return new HAProxyMessage(
        version,
        version == HAProxyProtocolVersion.V1 ? HAProxyCommand.PROXY : HAProxyCommand.LOCAL,
        HAProxyProxiedProtocol.UNKNOWN,
        null,
        null,
        0,
        0);
  }

  private static HAProxyMessage named(HAProxyProtocolVersion version, ClientOrigin origin) {
    InetAddress source = origin.source().getAddress();
    InetAddress destination = origin.destination().getAddress();
    boolean v4 = source instanceof Inet4Address && destination instanceof Inet4Address;
    return new HAProxyMessage(
        version,
        HAProxyCommand.PROXY,
        v4 ? HAProxyProxiedProtocol.TCP4 : HAProxyProxiedProtocol.TCP6,
        text(source, v4),
        text(destination, v4),
        origin.source().getPort(),
        origin.destination().getPort());
  }

  /** A proxy may have told of a client of the other family: both ends are then told as IPv6. */
  private static String text(InetAddress address, boolean v4) {
    String text = NumericAddress.text(address);
    return v4 || !(address instanceof Inet4Address) ? text : "::ffff:" + text;
  }
}
