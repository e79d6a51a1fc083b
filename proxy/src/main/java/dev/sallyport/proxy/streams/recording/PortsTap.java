package dev.sallyport.proxy.streams.recording;

import dev.sallyport.proxy.streams.StreamException;
import dev.sallyport.proxy.streams.spdy.SpdyEvents;
import dev.sallyport.proxy.streams.spdy.SpdyReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.HashMap;
import java.util.Map;

/** Understands the connections of a port-forward session by SPDY. */
final class PortsTap {

  /** Connections open at once. */
  private static final int MOST_CONNECTIONS = 4096;

  /** A connection, and which sides have ended it. */
  private static final class Open {
    private final PortConnections.Connection connection;
    private boolean clientEnded;
    private boolean upstreamEnded;

    Open(PortConnections.Connection connection) {
      this.connection = connection;
    }
  }

  private final PortConnections connections;
  private final Map<Integer, Open> open = new HashMap<>();

  private PortsTap(PortConnections connections) {
    this.connections = connections;
  }

  static Tap of(ByteBufAllocator buffers, PortConnections connections) {
    PortsTap session = new PortsTap(connections);
    return new TwoWayTap(
        session.reader(buffers, true), session.reader(buffers, false), session::close);
  }

  private SpdyReader reader(ByteBufAllocator buffers, boolean ofClient) {
    return new SpdyReader(buffers, new Side(ofClient));
  }

  private void close() {
    open.values().forEach(each -> connections.write(each.connection));
    open.clear();
    connections.end();
  }

  private void over(int stream) {
    Open ended = open.remove(stream);
    if (ended != null) {
      connections.write(ended.connection);
    }
  }

  /** What one side says. */
  private final class Side implements SpdyEvents {
    private final boolean ofClient;

    Side(boolean ofClient) {
      this.ofClient = ofClient;
    }

    @Override
    public void opened(int stream, boolean last, Map<String, String> headers)
        throws StreamException {
      if (!ofClient || open.size() == MOST_CONNECTIONS) {
        throw new StreamException("a SPDY stream that cannot be recorded");
      }
      if ("data".equals(headers.get("streamtype"))) {
        Open begun = new Open(connections.open(headers.getOrDefault("port", "")));
        if (open.putIfAbsent(stream, begun) != null) {
          throw new StreamException("a SPDY stream is opened twice");
        }
      }
    }

    @Override
    public void data(int stream, ByteBuf bytes, boolean last) {
      Open known = open.get(stream);
      if (known != null) {
        known.connection.passed(ofClient, bytes.readableBytes());
      }
      bytes.release();
      if (last) {
        ended(stream);
      }
    }

    @Override
    public void ended(int stream) {
      Open known = open.get(stream);
      if (known != null) {
        known.clientEnded |= ofClient;
        known.upstreamEnded |= !ofClient;
        if (known.clientEnded && known.upstreamEnded) {
          over(stream);
        }
      }
    }

    @Override
    public void reset(int stream) {
      over(stream);
    }
  }
}
