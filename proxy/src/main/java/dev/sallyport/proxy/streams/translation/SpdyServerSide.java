package dev.sallyport.proxy.streams.translation;

import dev.sallyport.proxy.streams.CommandChannel;
import dev.sallyport.proxy.streams.CommandListener;
import dev.sallyport.proxy.streams.StreamException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An upstream that speaks SPDY: the streams are opened here, one for each channel. */
final class SpdyServerSide extends SpdyEnd {

  private final Set<CommandChannel> awaited;
  private final Set<CommandChannel> silent = EnumSet.noneOf(CommandChannel.class);

  SpdyServerSide(
      ByteBufAllocator buffers,
      Set<CommandChannel> channels,
      CommandListener listener,
      Consumer<ByteBuf> out,
      Consumer<ByteBuf> replies) {
    super(buffers, false, channels, listener, out, replies);
    this.awaited = EnumSet.copyOf(channels);
  }

  /** Odd, since a client opens them. */
  @Override
  @Nullable Integer stream(CommandChannel channel) {
    return channels.contains(channel) ? number(channel) : null;
  }

  private static int number(CommandChannel channel) {
    return 2 * channel.number() + 1;
  }

  @Override
  @Nullable CommandChannel of(int stream) {
    CommandChannel channel = stream % 2 == 0 ? null : CommandChannel.numbered(stream / 2);
    return channel != null && channels.contains(channel) ? channel : null;
  }

  @Override
  public void start() {
    for (CommandChannel channel : channels) {
      out.accept(writer.open(number(channel), Map.of("streamtype", channel.type())));
    }
  }

  @Override
  void opened(int stream, boolean last, @Nullable CommandChannel channel) {
    replies.accept(writer.refuse(stream));
  }

  @Override
  void accepted(CommandChannel channel) {
    awaited.remove(channel);
  }

  @Override
  void refused(CommandChannel channel) throws StreamException {
    if (awaited.contains(channel)) {
      throw new StreamException("the upstream refuses the stream for " + channel.type());
    }
  }

  /** When no channel can bring anything any more, all is over. */
  @Override
  void silenced(CommandChannel channel) throws StreamException {
    if (!silent.add(channel)) {
      return;
    }
    super.silenced(channel);
    for (CommandChannel each : channels) {
      if (!each.fromClient() && !silent.contains(each)) {
        return;
      }
    }
    over();
  }

  @Override
  public void finish(boolean asked) {
    for (CommandChannel channel : channels) {
      out.accept(writer.cancel(number(channel)));
    }
    out.accept(writer.leave(0));
  }

  /** Until a stream is accepted, Kubernetes throws away what is sent on it. */
  @Override
  public boolean ready() {
    return awaited.isEmpty();
  }
}
