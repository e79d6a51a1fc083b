package dev.sallyport.proxy.streams.translation;

import dev.sallyport.proxy.streams.CommandChannel;
import dev.sallyport.proxy.streams.CommandListener;
import dev.sallyport.proxy.streams.StreamException;
import dev.sallyport.proxy.streams.spdy.SpdyEvents;
import dev.sallyport.proxy.streams.spdy.SpdyReader;
import dev.sallyport.proxy.streams.spdy.SpdyWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client that speaks SPDY: it opens the streams. */
final class SpdyClientSide implements CommandEnd, SpdyEvents {

  private final Set<CommandChannel> channels;
  private final CommandListener listener;
  private final Consumer<ByteBuf> out;
  private final Consumer<ByteBuf> replies;
  private final SpdyReader reader;
  private final SpdyWriter writer;
  private final UsedBytes used;
  private final Map<CommandChannel, Integer> streams = new EnumMap<>(CommandChannel.class);
  private final Set<CommandChannel> ended = EnumSet.noneOf(CommandChannel.class);
  private int lastOpened;

  SpdyClientSide(
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
  }

  @Override
  public void start() {}

  @Override
  public void read(ByteBuf bytes) throws StreamException {
    reader.read(bytes);
  }

  @Override
  public void opened(int stream, boolean last, Map<String, String> headers) throws StreamException {
    if (stream % 2 == 0 || stream <= lastOpened) {
      throw new StreamException("a SPDY stream's number is not the next one of a client");
    }
    lastOpened = stream;
    CommandChannel channel = CommandChannel.ofType(headers.get("streamtype"));
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
  public void data(int stream, ByteBuf bytes, boolean last) throws StreamException {
    CommandChannel channel = of(stream);
    if (channel == null) {
      bytes.release();
      return;
    }
    used.add(stream, bytes.readableBytes());
    if (channel.fromClient() && bytes.isReadable()) {
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
      ended.add(channel);
      finishedSpeaking(channel);
    }
  }

  private void finishedSpeaking(CommandChannel channel) throws StreamException {
    if (channel.fromClient()) {
      listener.ended(channel);
    }
  }

  private @Nullable CommandChannel of(int stream) {
    for (Map.Entry<CommandChannel, Integer> each : streams.entrySet()) {
      if (each.getValue() == stream) {
        return each.getKey();
      }
    }
    return null;
  }

  @Override
  public void ping(int id) {
    if (id % 2 != 0) {
      replies.accept(writer.ping(id));
    }
  }

  @Override
  public void goneAway() throws StreamException {
    listener.finished();
  }

  @Override
  public void countsWindows() {
    used.begin();
  }

  @Override
  public void send(CommandChannel channel, ByteBuf bytes) {
    Integer stream = streams.get(channel);
    if (stream == null || ended.contains(channel)) {
      bytes.release();
    } else {
      out.accept(writer.data(stream, bytes));
    }
  }

  @Override
  public void end(CommandChannel channel) {
    Integer stream = streams.get(channel);
    if (stream != null && ended.add(channel)) {
      out.accept(writer.end(stream));
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

  @Override
  public void close() {
    reader.close();
  }
}
