package dev.sallyport.server.netty.origin;

import dev.sallyport.api.Headers;
import dev.sallyport.config.ForwardingHeader;
import dev.sallyport.config.Networks;
import dev.sallyport.server.http.Origin;
import dev.sallyport.server.netty.exchange.Origins;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows what proxies say, from the connection's peer towards the client, for as long as a trusted
 * one says it. What stands before an address that is not trusted, anybody may have written.
 */
final class TrustedProxies implements Origins {

  private static final int MOST_HOPS = 32;

  private final Networks networks;
  private final boolean standard;

  TrustedProxies(Networks networks, ForwardingHeader header) {
    this.networks = networks;
    this.standard = header == ForwardingHeader.FORWARDED;
  }

  @Override
  public Origin of(InetSocketAddress peer, Headers headers) {
    if (peer.isUnresolved()) {
      return new Origin(peer, List.of(), standard);
    }
    InetAddress nearest = peer.getAddress();
    if (!networks.contain(nearest)) {
      return new Origin(peer, List.of(nearest), standard);
    }
    List<InetAddress> hops = new ArrayList<>(4);
    hops.add(nearest);
    Claims claims = standard ? ForwardedField.of(headers) : ForwardedFor.of(headers);
    follow(claims, hops);
    InetAddress client = hops.get(hops.size() - 1);
    Collections.reverse(hops);
    return new Origin(hops.size() == 1 ? peer : new InetSocketAddress(client, 0), hops, standard);
  }

  private void follow(Claims claims, List<InetAddress> hops) {
    InetAddress last = hops.get(0);
    while (networks.contain(last) && hops.size() < MOST_HOPS) {
      InetAddress next = claims.next();
      if (next == null) {
        return;
      }
      hops.add(next);
      last = next;
    }
  }

  /** Addresses that a header names, nearest first. */
  interface Claims {

    /** Null at the end, and where no address is named: nothing is known beyond. */
    @Nullable InetAddress next();
  }
}
