package dev.sallyport.proxy.streams.translation;

import dev.sallyport.proxy.streams.CommandChannel;
import dev.sallyport.proxy.streams.CommandListener;
import dev.sallyport.proxy.streams.StreamException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client that speaks SPDY: it opens the streams. */
final class SpdyClientSide extends SpdyEnd {

  private final Map<CommandChannel, Integer> streams = new EnumMap<>(CommandChannel.class);
  private int lastOpened;

  SpdyClientSide(
      ByteBufAllocator buffers,
      Set<CommandChannel> channels,
      CommandListener listener,
      Consumer<ByteBuf> out,
      Consumer<ByteBuf> replies) {
    super(buffers, true, channels, listener, out, replies);
  }

  @Override
  @Nullable CommandChannel of(int stream) {
    for (Map.Entry<CommandChannel, Integer> each : streams.entrySet()) {
      if (each.getValue() == stream) {
        return each.getKey();
      }
    }
    return null;
  }

  @Override
  @Nullable Integer stream(CommandChannel channel) {
    return streams.get(channel);
  }

  @Override
  public void start() {}

  @Override
  void opened(int stream, boolean last, @Nullable CommandChannel channel) throws StreamException {
    if (stream % 2 == 0 || stream <= lastOpened) {
      throw new StreamException("a SPDY stream's number is not the next one of a client");
    }
    lastOpened = stream;
    if (channel == null || !channels.contains(channel) || streams.containsKey(channel)) {
      replies.accept(writer.refuse(stream));
      return;
    }
    streams.put(channel, stream);
    replies.accept(writer.reply(stream));
    if (last) {
      finishedSpeaking(channel);
    }
  }

  @Override
  public void finish(boolean asked) {
    streams.keySet().forEach(this::end);
    out.accept(writer.leave(lastOpened));
  }

  /** Whether every stream is there that the upstream may have something for. */
  @Override
  public boolean ready() {
    for (CommandChannel channel : channels) {
      if (!channel.fromClient() && !streams.containsKey(channel)) {
        return false;
      }
    }
    return true;
  }
}
