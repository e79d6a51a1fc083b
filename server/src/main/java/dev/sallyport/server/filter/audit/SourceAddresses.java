package dev.sallyport.server.filter.audit;

import dev.sallyport.api.Headers;
import dev.sallyport.config.NumericAddress;
import dev.sallyport.server.http.Origin;
import dev.sallyport.server.http.Request;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a request says it comes from. Where proxies are trusted: the client, those proxies and the
 * peer of the connection, all of them sure. Else what X-Forwarded-For and X-Real-Ip claim, then the
 * peer: only the last one is sure, and the others are kept since a proxy may have told the truth.
 */
final class SourceAddresses {

  private static final int MOST = 32;
  private static final int LONGEST = 45;

  private SourceAddresses() {}

  static List<String> of(Request request) {
    Origin origin = request.origin();
    if (!origin.hops().isEmpty()) {
      return origin.hops().stream().map(NumericAddress::text).toList();
    }
    String peer = text(request.connection().remoteAddress());
    Headers headers = request.headers();
    String forwarded = headers.first("x-forwarded-for");
    String real = headers.first("x-real-ip");
    if (forwarded == null && real == null) {
      return List.of(peer);
    }
    List<String> addresses = new ArrayList<>(4);
    if (forwarded != null) {
      forwarded(forwarded, addresses);
    }
    String claimed = real == null ? null : address(real, 0, real.length());
    if (claimed != null && !addresses.contains(claimed)) {
      addresses.add(claimed);
    }
    if (addresses.isEmpty() || !addresses.get(addresses.size() - 1).equals(peer)) {
      addresses.add(peer);
    }
    int excess = addresses.size() - MOST;
    // The nearest hops stand last: of too many, the far end is left out.
    return excess > 0 ? addresses.subList(excess, addresses.size()) : addresses;
  }

  private static void forwarded(String value, List<String> addresses) {
    int start = 0;
    while (start <= value.length()) {
      int comma = value.indexOf(',', start);
      int end = comma < 0 ? value.length() : comma;
      String address = address(value, start, end);
      if (address != null) {
        addresses.add(address);
      }
      start = end + 1;
    }
  }

  /** The IP address between two offsets, or null. */
  private static @Nullable String address(String value, int start, int end) {
    String text = value.substring(start, end).strip();
    if (text.isEmpty() || text.length() > LONGEST) {
      return null;
    }
    return NumericAddress.is(text) ? text : null;
  }

  private static String text(InetSocketAddress peer) {
    return peer.isUnresolved() ? "unknown" : NumericAddress.text(peer.getAddress());
  }
}
