package dev.sallyport.proxy.streams.translation;

import dev.sallyport.proxy.streams.CommandChannel;
import dev.sallyport.proxy.streams.CommandListener;
import dev.sallyport.proxy.streams.StreamException;
import dev.sallyport.proxy.streams.spdy.SpdyEvents;
import dev.sallyport.proxy.streams.spdy.SpdyReader;
import dev.sallyport.proxy.streams.spdy.SpdyWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A peer that speaks SPDY, with a stream for each channel; which of the two opens them differs. */
abstract sealed class SpdyEnd implements CommandEnd permits SpdyClientSide, SpdyServerSide {

  private final boolean peerIsClient;
  private final CommandListener listener;
  private final SpdyReader reader;
  private final UsedBytes used;
  private final Set<CommandChannel> ended = EnumSet.noneOf(CommandChannel.class);
  final Set<CommandChannel> channels;
  final Consumer<ByteBuf> out;
  final Consumer<ByteBuf> replies;
  final SpdyWriter writer;

  SpdyEnd(
      ByteBufAllocator buffers,
      boolean peerIsClient,
      Set<CommandChannel> channels,
      CommandListener listener,
      Consumer<ByteBuf> out,
      Consumer<ByteBuf> replies) {
    this.peerIsClient = peerIsClient;
    this.channels = channels;
    this.listener = listener;
    this.out = out;
    this.replies = replies;
    this.reader = new SpdyReader(buffers, new Frames());
    this.writer = new SpdyWriter(buffers);
    this.used = new UsedBytes(writer, replies);
  }

  /** The channel of a stream, or null. */
  abstract @Nullable CommandChannel of(int stream);

  /** The stream of a channel, or null. */
  abstract @Nullable Integer stream(CommandChannel channel);

  /** The peer opens a stream. */
  abstract void opened(int stream, boolean last, @Nullable CommandChannel channel)
      throws StreamException;

  /** The peer accepts a stream. */
  void accepted(CommandChannel channel) {}

  /** The peer takes a stream back, or never accepts it. */
  void refused(CommandChannel channel) throws StreamException {}

  /** The peer says no more on a channel of its own; perhaps not for the first time. */
  void silenced(CommandChannel channel) throws StreamException {
    listener.ended(channel);
  }

  final void finishedSpeaking(CommandChannel channel) throws StreamException {
    if (channel.fromClient() == peerIsClient) {
      silenced(channel);
    }
  }

  final void over() throws StreamException {
    listener.finished();
  }

  @Override
  public final void read(ByteBuf bytes) throws StreamException {
    reader.read(bytes);
  }

  @Override
  public final void send(CommandChannel channel, ByteBuf bytes) {
    Integer stream = stream(channel);
    if (stream == null || ended.contains(channel)) {
      bytes.release();
    } else {
      out.accept(writer.data(stream, bytes));
    }
  }

  @Override
  public final void end(CommandChannel channel) {
    Integer stream = stream(channel);
    if (stream != null && ended.add(channel)) {
      out.accept(writer.end(stream));
    }
  }

  @Override
  public final void close() {
    reader.close();
  }

  /** What the peer says. */
  private final class Frames implements SpdyEvents {

    @Override
    public void opened(int stream, boolean last, Map<String, String> headers)
        throws StreamException {
      SpdyEnd.this.opened(stream, last, CommandChannel.ofType(headers.get("streamtype")));
    }

    @Override
    public void replied(int stream, boolean last) throws StreamException {
      CommandChannel channel = of(stream);
      if (channel != null) {
        accepted(channel);
      }
      if (last) {
        ended(stream);
      }
    }

    @Override
    public void data(int stream, ByteBuf bytes, boolean last) throws StreamException {
      CommandChannel channel = of(stream);
      if (channel == null) {
        bytes.release();
        return;
      }
      used.add(stream, bytes.readableBytes());
      if (channel.fromClient() == peerIsClient && bytes.isReadable()) {
        listener.data(channel, bytes);
      } else {
        bytes.release();
      }
      if (last) {
        finishedSpeaking(channel);
      }
    }

    @Override
    public void ended(int stream) throws StreamException {
      CommandChannel channel = of(stream);
      if (channel != null) {
        finishedSpeaking(channel);
      }
    }

    @Override
    public void reset(int stream) throws StreamException {
      CommandChannel channel = of(stream);
      if (channel != null) {
        refused(channel);
        ended.add(channel);
        finishedSpeaking(channel);
      }
    }

    /** Each side numbers its pings as it numbers its streams. */
    @Override
    public void ping(int id) {
      if ((id % 2 != 0) == peerIsClient) {
        replies.accept(writer.ping(id));
      }
    }

    @Override
    public void goneAway() throws StreamException {
      over();
    }

    @Override
    public void countsWindows() {
      used.begin();
    }
  }
}
