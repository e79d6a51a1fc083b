package dev.sallyport.proxy.streams;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a command in a pod. Their order is their number in the WebSocket protocol; their
 * name in lower case is the {@code streamtype} header of the SPDY protocol.
 *
 * @see <a
 *     href="https://github.com/kubernetes/enhancements/tree/master/keps/sig-api-machinery/4006-transition-spdy-to-websockets">KEP-4006</a>
 */
public enum CommandChannel {
  STDIN,
  STDOUT,
  STDERR,
  /** Carries how the command ended. */
  ERROR,
  /** Carries the terminal's sizes. */
  RESIZE;

  private static final CommandChannel[] ALL = values();

  /** The channel of that number, or null. */
  public static @Nullable CommandChannel numbered(int number) {
    return number >= 0 && number < ALL.length ? ALL[number] : null;
  }

  /** The channel of that stream type, or null. */
  public static @Nullable CommandChannel ofType(@Nullable String type) {
    for (CommandChannel channel : ALL) {
      if (channel.type().equals(type)) {
        return channel;
      }
    }
    return null;
  }

  /** The value of the {@code streamtype} header. */
  public String type() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its number in a WebSocket message. */
  public int number() {
    return ordinal();
  }

  /** Whether the client is the one who speaks. */
  public boolean fromClient() {
    return this == STDIN || this == RESIZE;
  }
}
