package dev.sallyport.proxy.streams.translation;

import dev.sallyport.proxy.streams.ChannelProtocol;
import dev.sallyport.proxy.streams.CommandChannel;
import dev.sallyport.proxy.streams.CommandListener;
import dev.sallyport.proxy.streams.StreamException;
import dev.sallyport.proxy.streams.websocket.ChannelMessages;
import dev.sallyport.proxy.streams.websocket.ChannelWriter;
import dev.sallyport.proxy.streams.websocket.CommandMessages;
import dev.sallyport.proxy.streams.websocket.WebSocketReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.Set;
import java.util.function.Consumer;

/** A peer that speaks one of the channel protocols over a WebSocket. */
final class WebSocketEnd implements CommandEnd {

  private static final int NORMAL = 1000;
  private static final int BROKEN = 1011;

  private final boolean peerIsClient;
  private final ChannelProtocol protocol;
  private final Set<CommandChannel> channels;
  private final Consumer<ByteBuf> out;
  private final WebSocketReader reader;
  private final ChannelWriter writer;
  private boolean told;

  /**
   * @param peerIsClient whether the peer is the one that opened the WebSocket
   * @param replies gets the answers to pings
   */
  WebSocketEnd(
      ByteBufAllocator buffers,
      boolean peerIsClient,
      ChannelProtocol protocol,
      Set<CommandChannel> channels,
      CommandListener listener,
      Consumer<ByteBuf> out,
      Consumer<ByteBuf> replies) {
    this.peerIsClient = peerIsClient;
    this.protocol = protocol;
    this.channels = channels;
    this.out = out;
    ChannelWriter frames = new ChannelWriter(buffers, protocol, !peerIsClient);
    this.writer = frames;
    ChannelMessages messages =
        new ChannelMessages(
            protocol, new CommandMessages(listener), ping -> replies.accept(frames.pong(ping)));
    this.reader = new WebSocketReader(buffers, peerIsClient, messages);
  }

  /** A client waits for an empty message: the session stands. */
  @Override
  public void start() {
    if (peerIsClient) {
      write(
          channels.contains(CommandChannel.STDOUT)
              ? CommandChannel.STDOUT
              : channels.contains(CommandChannel.STDERR)
                  ? CommandChannel.STDERR
                  : CommandChannel.ERROR,
          Unpooled.EMPTY_BUFFER);
    }
  }

  @Override
  public void read(ByteBuf bytes) throws StreamException {
    reader.read(bytes);
  }

  @Override
  public void send(CommandChannel channel, ByteBuf bytes) {
    told |= channel == CommandChannel.ERROR;
    write(channel, bytes);
  }

  private void write(CommandChannel channel, ByteBuf bytes) {
    out.accept(writer.message(channel.number(), bytes));
  }

  /**
   * Only clients may say it: kubectl takes it from a server for an unknown channel. The end of an
   * error channel that never tells of a success is all that there will be of one.
   */
  @Override
  public void end(CommandChannel channel) {
    if (!peerIsClient && protocol.closes()) {
      out.accept(writer.end(channel.number()));
    }
    told |= channel == CommandChannel.ERROR && !protocol.tellsStatus();
  }

  @Override
  public void finish(boolean asked) {
    out.accept(writer.close(told || asked || !peerIsClient ? NORMAL : BROKEN));
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public void close() {
    reader.close();
  }
}
