package dev.sallyport.proxy.streams.translation;

import dev.sallyport.proxy.streams.ChannelProtocol;
import dev.sallyport.proxy.streams.StreamException;
import dev.sallyport.proxy.streams.websocket.ChannelListener;
import dev.sallyport.proxy.streams.websocket.ChannelMessages;
import dev.sallyport.proxy.streams.websocket.ChannelWriter;
import dev.sallyport.proxy.streams.websocket.WebSocketReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.Function;

/**
 * Port-forward as WebSockets had it before they carried SPDY, and as browsers and client libraries
 * still ask for it: the query names the ports, each has a channel for its one connection and one
 * for what went wrong, and both begin with the port's number. The upstream speaks SPDY.
 */
final class PortChannels implements Translation {

  private static final int NORMAL = 1000;

  private final Ends ends;
  private final List<Integer> ports;
  private final WebSocketReader reader;
  private final ChannelWriter writer;
  private final SpdyPorts upstream;
  private boolean finished;

  private PortChannels(
      ByteBufAllocator buffers, Ends ends, ChannelProtocol protocol, List<Integer> ports) {
    this.ends = ends;
    this.ports = ports;
    ChannelWriter frames = new ChannelWriter(buffers, protocol, false);
    this.writer = frames;
    this.reader =
        new WebSocketReader(
            buffers,
            true,
            new ChannelMessages(
                protocol, new FromClient(), ping -> ends.replyToClient(frames.pong(ping))));
    this.upstream = new SpdyPorts(buffers, ports, new FromUpstream(), ends);
  }

  /**
   * @param ports in the order of their channels
   */
  static Function<Ends, Translation> of(
      ByteBufAllocator buffers, ChannelProtocol protocol, List<Integer> ports) {
    return ends -> new PortChannels(buffers, ends, protocol, ports);
  }

  private static int dataChannel(int port) {
    return 2 * port;
  }

  private static int errorChannel(int port) {
    return 2 * port + 1;
  }

  @Override
  public void start() {
    upstream.open();
    for (int i = 0; i < ports.size(); i++) {
      ends.toClient(writer.message(dataChannel(i), number(i)));
      ends.toClient(writer.message(errorChannel(i), number(i)));
    }
  }

  private ByteBuf number(int port) {
    return Unpooled.buffer(2).writeShortLE(ports.get(port));
  }

  @Override
  public void fromClient(ByteBuf bytes) throws StreamException {
    reader.read(bytes);
  }

  @Override
  public void fromUpstream(ByteBuf bytes) throws StreamException {
    upstream.read(bytes);
  }

  @Override
  public void upstreamEnded() {
    finish();
  }

  private void finish() {
    if (!finished) {
      finished = true;
      ends.toClient(writer.close(NORMAL));
      ends.endClient();
      upstream.finish();
      ends.endUpstream();
    }
  }

  @Override
  public boolean upstreamReady() {
    return upstream.ready();
  }

  @Override
  public boolean clientReady() {
    return true;
  }

  @Override
  public void close() {
    reader.close();
    upstream.close();
  }

  /** What the client says: only the channels of connections are heard. */
  private final class FromClient implements ChannelListener {
    @Override
    public void data(int channel, ByteBuf bytes) {
      if (finished || channel % 2 != 0 || channel / 2 >= ports.size()) {
        bytes.release();
      } else {
        upstream.send(channel / 2, bytes);
      }
    }

    @Override
    public void ended(int channel) {}

    @Override
    public void finished() {
      finish();
    }
  }

  /** What the upstream says of its connections. */
  private final class FromUpstream implements SpdyPorts.Listener {
    @Override
    public void data(int port, ByteBuf bytes) {
      tell(dataChannel(port), bytes);
    }

    @Override
    public void error(int port, ByteBuf bytes) {
      tell(errorChannel(port), bytes);
    }

    private void tell(int channel, ByteBuf bytes) {
      if (finished) {
        bytes.release();
      } else {
        ends.toClient(writer.message(channel, bytes));
      }
    }

    @Override
    public void finished() {
      finish();
    }
  }
}
