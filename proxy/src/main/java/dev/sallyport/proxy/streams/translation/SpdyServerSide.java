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

/** An upstream that speaks SPDY: the streams are opened here, one for each channel. */
final class SpdyServerSide implements CommandEnd, SpdyEvents {

  private final Set<CommandChannel> channels;
  private final CommandListener listener;
  private final Consumer<ByteBuf> out;
  private final Consumer<ByteBuf> replies;
  private final SpdyReader reader;
  private final SpdyWriter writer;
  private final UsedBytes used;
  private final Set<CommandChannel> awaited;
  private final Set<CommandChannel> ended = EnumSet.noneOf(CommandChannel.class);
  private final Set<CommandChannel> silent = EnumSet.noneOf(CommandChannel.class);

  SpdyServerSide(
      ByteBufAllocator buffers,
      Set<CommandChannel> channels,
      CommandListener listener,
      Consumer<ByteBuf> out,
      Consumer<ByteBuf> replies) {
    this.channels = channels;
    this.listener = listener;
    this.out = out;
    this.replies = replies;
    this.reader = new SpdyReader(buffers, this);
    this.writer = new SpdyWriter(buffers);
    this.used = new UsedBytes(writer, replies);
    this.awaited = EnumSet.copyOf(channels);
  }

  /** A channel's stream: odd, since a client opens them. */
  private static int stream(CommandChannel channel) {
    return 2 * channel.number() + 1;
  }

  private @Nullable CommandChannel of(int stream) {
    CommandChannel channel = stream % 2 == 0 ? null : CommandChannel.numbered(stream / 2);
    return channel != null && channels.contains(channel) ? channel : null;
  }

  @Override
  public void start() {
    for (CommandChannel channel : channels) {
      out.accept(writer.open(stream(channel), Map.of("streamtype", channel.type())));
    }
  }

  @Override
  public void read(ByteBuf bytes) throws StreamException {
    reader.read(bytes);
  }

  @Override
  public void opened(int stream, boolean last, Map<String, String> headers) {
    replies.accept(writer.refuse(stream));
  }

  @Override
  public void replied(int stream, boolean last) throws StreamException {
    CommandChannel channel = of(stream);
    if (channel != null) {
      awaited.remove(channel);
      if (last) {
        silenced(channel);
      }
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
    if (!channel.fromClient() && bytes.isReadable()) {
      listener.data(channel, bytes);
    } else {
      bytes.release();
    }
    if (last) {
      silenced(channel);
    }
  }

  @Override
  public void ended(int stream) throws StreamException {
    CommandChannel channel = of(stream);
    if (channel != null) {
      silenced(channel);
    }
  }

  @Override
  public void reset(int stream) throws StreamException {
    CommandChannel channel = of(stream);
    if (channel == null) {
      return;
    }
    if (awaited.contains(channel)) {
      throw new StreamException("the upstream refuses the stream for " + channel.type());
    }
    ended.add(channel);
    silenced(channel);
  }

  /** When no channel can bring anything any more, all is over. */
  private void silenced(CommandChannel channel) throws StreamException {
    if (channel.fromClient() || !silent.add(channel)) {
      return;
    }
    listener.ended(channel);
    for (CommandChannel each : channels) {
      if (!each.fromClient() && !silent.contains(each)) {
        return;
      }
    }
    listener.finished();
  }

  @Override
  public void ping(int id) {
    if (id % 2 == 0) {
      replies.accept(writer.ping(id));
    }
  }

  @Override
  public void countsWindows() {
    used.begin();
  }

  @Override
  public void send(CommandChannel channel, ByteBuf bytes) {
    if (!channels.contains(channel) || ended.contains(channel)) {
      bytes.release();
    } else {
      out.accept(writer.data(stream(channel), bytes));
    }
  }

  @Override
  public void end(CommandChannel channel) {
    if (channels.contains(channel) && ended.add(channel)) {
      out.accept(writer.end(stream(channel)));
    }
  }

  @Override
  public void finish(boolean asked) {
    for (CommandChannel channel : channels) {
      out.accept(writer.cancel(stream(channel)));
    }
    out.accept(writer.leave(0));
  }

  /** Until a stream is accepted, Kubernetes throws away what is sent on it. */
  @Override
  public boolean ready() {
    return awaited.isEmpty();
  }

  @Override
  public void close() {
    reader.close();
  }
}
