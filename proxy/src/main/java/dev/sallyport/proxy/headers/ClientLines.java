package dev.sallyport.proxy.headers;

import dev.sallyport.api.Headers;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Passes a client's header lines on, in one pass, and keeps what earlier proxies said of
 * themselves: it is told in front of what is known here.
 */
final class ClientLines implements BiConsumer<String, String> {

  private final HeaderSink out;
  private final IdentityHeaders identity;
  private final Set<String> hops;
  private String forwardedFor = "";
  private String via = "";

  ClientLines(Headers headers, IdentityHeaders identity, HeaderSink out) {
    this.out = out;
    this.identity = identity;
    this.hops = headers.first("connection") == null ? Set.of() : named(headers.all("connection"));
  }

  private static Set<String> named(List<String> lists) {
    Set<String> names = new HashSet<>();
    for (String list : lists) {
      for (String name : list.split(",", -1)) {
        names.add(name.trim().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  @Override
  public void accept(String name, String value) {
    if (PassedHeaders.passes(name)) {
      if (identity.claims(name)) {
        return;
      }
      if (hops.isEmpty() || !hops.contains(name.toLowerCase(Locale.ROOT))) {
        out.add(name, value);
      }
    } else if (name.equalsIgnoreCase("x-forwarded-for")) {
      forwardedFor = joined(forwardedFor, value);
    } else if (name.equalsIgnoreCase("via")) {
      via = joined(via, value);
    }
  }

  String forwardedFor(String address) {
    return joined(forwardedFor, address);
  }

  String via(String protocol) {
    return joined(via, protocol.equals("1.1") ? "1.1 sallyport" : protocol + " sallyport");
  }

  private static String joined(String before, String next) {
    return before.isEmpty() ? next : before + ", " + next;
  }
}
