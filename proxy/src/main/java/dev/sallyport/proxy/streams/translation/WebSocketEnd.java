package dev.sallyport.proxy.streams.translation;

import dev.sallyport.proxy.streams.CommandChannel;
import dev.sallyport.proxy.streams.CommandListener;
import dev.sallyport.proxy.streams.StreamException;
import dev.sallyport.proxy.streams.StreamProtocols;
import dev.sallyport.proxy.streams.websocket.ChannelMessages;
import dev.sallyport.proxy.streams.websocket.WebSocketReader;
import dev.sallyport.proxy.streams.websocket.WebSocketWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.base64.Base64;
import io.netty.handler.codec.base64.Base64Dialect;
import java.util.Set;
import java.util.function.Consumer;

/** A peer that speaks one of the channel protocols over a WebSocket. */
final class WebSocketEnd implements CommandEnd {

  private static final int NORMAL = 1000;
  private static final int BROKEN = 1011;
  private static final int CLOSE = 255;

  private final boolean peerIsClient;
  private final String protocol;
  private final Set<CommandChannel> channels;
  private final Consumer<ByteBuf> out;
  private final WebSocketReader reader;
  private final WebSocketWriter writer;
  private boolean told;

  /**
   * @param peerIsClient whether the peer is the one that opened the WebSocket
   * @param replies gets the answers to pings
   */
  WebSocketEnd(
      ByteBufAllocator buffers,
      boolean peerIsClient,
      String protocol,
      Set<CommandChannel> channels,
      CommandListener listener,
      Consumer<ByteBuf> out,
      Consumer<ByteBuf> replies) {
    this.peerIsClient = peerIsClient;
    this.protocol = protocol;
    this.channels = channels;
    this.out = out;
    WebSocketWriter frames = new WebSocketWriter(buffers, !peerIsClient);
    this.writer = frames;
    ChannelMessages messages =
        new ChannelMessages(
            protocol.equals(StreamProtocols.V4_BASE64),
            protocol.equals(StreamProtocols.V5),
            listener,
            ping -> replies.accept(frames.pong(ping)));
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
    if (!protocol.equals(StreamProtocols.V4_BASE64)) {
      out.accept(writer.binary(channel.number(), bytes));
      return;
    }
    ByteBuf encoded = Base64.encode(bytes, false, Base64Dialect.STANDARD);
    bytes.release();
    ByteBuf digit = Unpooled.buffer(1).writeByte('0' + channel.number());
    out.accept(writer.text(Unpooled.wrappedBuffer(digit, encoded)));
  }

  /** Only clients may say it: kubectl takes it from a server for an unknown channel. */
  @Override
  public void end(CommandChannel channel) {
    if (!peerIsClient && protocol.equals(StreamProtocols.V5)) {
      out.accept(writer.binary(CLOSE, Unpooled.buffer(1).writeByte(channel.number())));
    }
  }

  @Override
  public void finish() {
    out.accept(writer.close(told || !peerIsClient ? NORMAL : BROKEN));
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
