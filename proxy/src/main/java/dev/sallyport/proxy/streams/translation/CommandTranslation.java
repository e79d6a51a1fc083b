package dev.sallyport.proxy.streams.translation;

import dev.sallyport.proxy.streams.CommandChannel;
import dev.sallyport.proxy.streams.CommandListener;
import dev.sallyport.proxy.streams.StreamException;
import io.netty.buffer.ByteBuf;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A command's session between two peers of different protocols. */
final class CommandTranslation implements Translation {

  private final Ends ends;
  private final CommandEnd client;
  private final CommandEnd upstream;
  private boolean finished;

  /**
   * @param client makes the client's end, which tells the given listener
   * @param upstream makes the upstream's end
   */
  CommandTranslation(
      Ends ends,
      BiFunction<Ends, CommandListener, CommandEnd> client,
      BiFunction<Ends, CommandListener, CommandEnd> upstream) {
    this.ends = ends;
    this.client = client.apply(ends, new FromClient());
    this.upstream = upstream.apply(ends, new FromUpstream());
  }

  /** What makes a translation once it is known where its bytes go. */
  static Function<Ends, Translation> of(
      BiFunction<Ends, CommandListener, CommandEnd> client,
      BiFunction<Ends, CommandListener, CommandEnd> upstream) {
    return ends -> new CommandTranslation(ends, client, upstream);
  }

  @Override
  public void start() {
    upstream.start();
    client.start();
  }

  @Override
  public void fromClient(ByteBuf bytes) throws StreamException {
    client.read(bytes);
  }

  @Override
  public void fromUpstream(ByteBuf bytes) throws StreamException {
    upstream.read(bytes);
  }

  @Override
  public void upstreamEnded() {
    finish(false);
  }

  @Override
  public boolean upstreamReady() {
    return upstream.ready();
  }

  @Override
  public boolean clientReady() {
    return client.ready();
  }

  /** Says goodbye to both, once. */
  private void finish(boolean byClient) {
    if (!finished) {
      finished = true;
      client.finish(byClient);
      ends.endClient();
      upstream.finish(!byClient);
      ends.endUpstream();
    }
  }

  @Override
  public void close() {
    client.close();
    upstream.close();
  }

  /** What the client says. */
  private final class FromClient implements CommandListener {
    @Override
    public void data(CommandChannel channel, ByteBuf bytes) {
      if (finished || !channel.fromClient()) {
        bytes.release();
      } else {
        upstream.send(channel, bytes);
      }
    }

    @Override
    public void ended(CommandChannel channel) {
      if (!finished && channel.fromClient()) {
        upstream.end(channel);
      }
    }

    @Override
    public void finished() {
      finish(true);
    }
  }

  /** What the upstream says. */
  private final class FromUpstream implements CommandListener {
    @Override
    public void data(CommandChannel channel, ByteBuf bytes) {
      if (finished || channel.fromClient()) {
        bytes.release();
      } else {
        client.send(channel, bytes);
      }
    }

    @Override
    public void ended(CommandChannel channel) {
      if (!finished) {
        client.end(channel);
      }
    }

    @Override
    public void finished() {
      finish(false);
    }
  }
}
