package dev.sallyport.server.assembly;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Enumeration;

/** By which address others reach a server that listens on an address. */
final class OwnAddress {

  private OwnAddress() {}

  /** The address itself, or, for one that means all, the machine's first of the same family. */
  static InetAddress behind(InetAddress bound) {
    if (!bound.isAnyLocalAddress()) {
      return bound;
    }
    try {
      Enumeration<NetworkInterface> cards = NetworkInterface.getNetworkInterfaces();
      while (cards.hasMoreElements()) {
        for (InetAddress address : cards.nextElement().inetAddresses().toList()) {
          boolean far = !address.isLoopbackAddress() && !address.isLinkLocalAddress();
          if (far && address.getAddress().length == bound.getAddress().length) {
            return address;
          }
        }
      }
    } catch (SocketException e) {
      // Then the machine has no address that we could tell.
    }
    return InetAddress.getLoopbackAddress();
  }
}
