package dev.sallyport.proxy.streams.recording;

import dev.sallyport.proxy.streams.ChannelProtocol;
import dev.sallyport.proxy.streams.websocket.ChannelListener;
import dev.sallyport.proxy.streams.websocket.ChannelMessages;
import dev.sallyport.proxy.streams.websocket.WebSocketReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/**
 * Understands port-forward by a WebSocket's channels: one connection for each port of the query.
 */
final class PortChannelsTap {

  /** The port's number, with which the upstream begins each channel. */
  private static final int HEAD = 2;

  private final PortConnections connections;
  private final List<PortConnections.Connection> open;

  private PortChannelsTap(PortConnections connections, List<Integer> ports) {
    this.connections = connections;
    this.open = ports.stream().map(port -> connections.open(Integer.toString(port))).toList();
    open.forEach(each -> each.passed(false, -HEAD));
  }

  static Tap of(
      ByteBufAllocator buffers,
      ChannelProtocol protocol,
      List<Integer> ports,
      PortConnections connections) {
    PortChannelsTap session = new PortChannelsTap(connections, ports);
    return new TwoWayTap(
        session.reader(buffers, protocol, true),
        session.reader(buffers, protocol, false),
        session::close);
  }

  private WebSocketReader reader(
      ByteBufAllocator buffers, ChannelProtocol protocol, boolean ofClient) {
    return new WebSocketReader(
        buffers, ofClient, new ChannelMessages(protocol, new Side(ofClient), ping -> {}));
  }

  private void close() {
    open.forEach(connections::write);
    connections.end();
  }

  /** What one side says: even channels are connections. */
  private final class Side implements ChannelListener {
    private final boolean ofClient;

    Side(boolean ofClient) {
      this.ofClient = ofClient;
    }

    @Override
    public void data(int channel, ByteBuf bytes) {
      if (channel % 2 == 0 && channel / 2 < open.size()) {
        open.get(channel / 2).passed(ofClient, bytes.readableBytes());
      }
      bytes.release();
    }

    @Override
    public void ended(int channel) {}

    @Override
    public void finished() {}
  }
}
