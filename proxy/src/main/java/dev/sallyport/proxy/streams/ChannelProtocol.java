package dev.sallyport.proxy.streams;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How messages of a WebSocket are told apart that belong to several streams: the first byte is a
 * channel's number. A kubelet speaks all but the last one, which kube-apiserver translates for it.
 *
 * @see <a
 *     href="https://pkg.go.dev/k8s.io/apimachinery/pkg/util/httpstream/wsstream">k8s.io/apimachinery
 *     wsstream</a>
 */
public enum ChannelProtocol {
  /** Nobody named any: as {@link #V1}. */
  UNNAMED(""),
  V1("channel.k8s.io"),
  V1_BASE64("base64.channel.k8s.io"),
  V4(StreamProtocols.V4),
  V4_BASE64("v4.base64.channel.k8s.io"),
  V5(StreamProtocols.V5);

  private static final ChannelProtocol[] ALL = values();

  private final String text;

  ChannelProtocol(String text) {
    this.text = text;
  }

  /** The subprotocol's name, "" without one. */
  public String text() {
    return text;
  }

  /** The protocol of that name, or null. */
  public static @Nullable ChannelProtocol named(String name) {
    for (ChannelProtocol each : ALL) {
      if (each.text.equals(name)) {
        return each;
      }
    }
    return null;
  }

  /**
   * The first one of those offered that fits; null when none does.
   *
   * @param offered names; none at all stand for {@link #UNNAMED}
   */
  public static @Nullable ChannelProtocol chosen(
      List<String> offered, Set<ChannelProtocol> fitting) {
    if (offered.isEmpty()) {
      return UNNAMED;
    }
    for (String name : offered) {
      ChannelProtocol known = named(name);
      if (known != null && fitting.contains(known)) {
        return known;
      }
    }
    return null;
  }

  /** Whether messages are text: the channel's number as a digit, the rest in base64. */
  public boolean base64() {
    return this == V1_BASE64 || this == V4_BASE64;
  }

  /** Whether a client can say that a channel is at its end. */
  public boolean closes() {
    return this == V5;
  }

  /**
   * Whether the error channel says how a command ended, always; else what went wrong, if it did.
   */
  public boolean tellsStatus() {
    return compareTo(V4) >= 0;
  }
}
