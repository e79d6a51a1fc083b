package dev.sallyport.proxy;

import java.net.InetSocketAddress;

/**
 * Where a request comes from, as a backend is told.
 *
 * @param source who asks; port 0 where only the address is known
 * @param destination what the client connected to
 * @param forwardedFor all of X-Forwarded-For; "" when the client's address is to be written behind
 *     what the client itself claims there
 * @param forwarded all of Forwarded (RFC 7239); "" to say nothing
 */
public record ClientOrigin(
    InetSocketAddress source,
    InetSocketAddress destination,
    String forwardedFor,
    String forwarded) {

  private static final InetSocketAddress NOBODY = InetSocketAddress.createUnresolved("unknown", 0);

  /** Of what is asked on nobody's behalf. */
  public static final ClientOrigin UNKNOWN = new ClientOrigin(NOBODY, NOBODY, "", "");

  /** Whether both ends are known. */
  public boolean known() {
    return !source.isUnresolved() && !destination.isUnresolved();
  }
}
