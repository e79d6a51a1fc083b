package dev.sallyport.proxy.streams;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An upstream that a test plays, and the client's side of the tunnel before it. */
public final class FakeUpstream implements Upstream, UpstreamExchange {

  public final ByteBuf toUpstream = Unpooled.buffer();
  public final ByteBuf toClient = Unpooled.buffer();
  public @Nullable UpstreamRequest asked;
  public @Nullable UpstreamHead answered;
  public @Nullable UpstreamException failure;
  public boolean takes = true;
  public boolean paused;
  public boolean upstreamEnded;
  public boolean clientEnded;
  public boolean cancelled;
  public int clientMayWrite;
  private @Nullable UpstreamReceiver receiver;

  /** What stands in the middle hears this upstream by it. */
  public UpstreamReceiver receiver() {
    return Objects.requireNonNull(receiver);
  }

  public UpstreamRequest request() {
    assertNotNull(asked, "the upstream was not asked");
    return asked;
  }

  public UpstreamHead head() {
    assertNotNull(answered, "the client was not answered");
    return answered;
  }

  @Override
  public UpstreamExchange open(EventLoop loop, UpstreamRequest request, UpstreamReceiver hears) {
    asked = request;
    receiver = hears;
    return this;
  }

  @Override
  public void close() {}

  // The upstream's exchange

  @Override
  public boolean writable() {
    return takes;
  }

  @Override
  public void write(ByteBuf piece) {
    toUpstream.writeBytes(piece);
    piece.release();
  }

  @Override
  public void end() {
    upstreamEnded = true;
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
  }

  @Override
  public void cancel() {
    cancelled = true;
  }

  /** The client's side. */
  public UpstreamReceiver client() {
    return new Client();
  }

  private final class Client implements UpstreamReceiver {
    @Override
    public void ready() {}

    @Override
    public void writable() {
      clientMayWrite++;
    }

    @Override
    public void head(UpstreamHead head) {
      answered = head;
    }

    @Override
    public void switched(UpstreamHead head) {
      answered = head;
    }

    @Override
    public void data(ByteBuf piece) {
      toClient.writeBytes(piece);
      piece.release();
    }

    @Override
    public void idle() {}

    @Override
    public void ended(List<String> trailers) {
      clientEnded = true;
    }

    @Override
    public void failed(UpstreamException cause) {
      failure = cause;
    }
  }
}
