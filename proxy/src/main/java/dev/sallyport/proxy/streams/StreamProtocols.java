package dev.sallyport.proxy.streams;

import java.util.ArrayList;
import java.util.List;

/** The names of what is spoken inside a tunnel, and of the headers that agree on it. */
public final class StreamProtocols {

  public static final String WEBSOCKET = "websocket";
  public static final String SPDY = "SPDY/3.1";

  /** How a SPDY tunnel's two sides agree. */
  public static final String VERSION_HEADER = "x-stream-protocol-version";

  /** How a WebSocket's two sides agree. */
  public static final String PROTOCOL_HEADER = "sec-websocket-protocol";

  /** The last one whose error stream is plain text, and silent when all went well. */
  public static final String V3 = "v3.channel.k8s.io";

  public static final String V4 = "v4.channel.k8s.io";

  /** The first one in which a client can say over a WebSocket that its input is at its end. */
  public static final String V5 = "v5.channel.k8s.io";

  /** The protocol of port-forward streams. */
  public static final String PORT_FORWARD = "portforward.k8s.io";

  /** A SPDY session for port-forward whose bytes travel in a WebSocket's binary messages. */
  public static final String TUNNELED_PORT_FORWARD = "SPDY/3.1+portforward.k8s.io";

  private StreamProtocols() {}

  /** All names of header lines that hold lists. */
  public static List<String> listed(List<String> lines) {
    List<String> names = new ArrayList<>();
    for (String line : lines) {
      for (String name : line.split(",", -1)) {
        if (!name.isBlank()) {
          names.add(name.strip());
        }
      }
    }
    return names;
  }
}
