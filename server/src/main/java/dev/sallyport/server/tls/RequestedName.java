package dev.sallyport.server.tls;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The host that a connection's client asked for in its handshake (RFC 6066, section 3). */
public final class RequestedName {

  private static final AttributeKey<String> KEY = AttributeKey.valueOf(RequestedName.class, "sni");

  private RequestedName() {}

  /** In lower case; "" when it asked for none. */
  public static String of(Channel channel) {
    String name = channel.attr(KEY).get();
    return name == null ? "" : name;
  }

  static void note(Channel channel, @Nullable String name) {
    if (name != null) {
      channel.attr(KEY).set(name.toLowerCase(Locale.ROOT));
    }
  }
}
