package dev.sallyport.proxy.http2;

import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.proxy.UpstreamReceiver;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that begins once more elsewhere when the backend does not agree to HTTP/2. Nothing
 * has been told of it until then, so nobody notices.
 */
final class ChosenExchange implements UpstreamExchange {

  private final UpstreamReceiver receiver;
  private final Function<UpstreamReceiver, UpstreamExchange> otherwise;
  private @Nullable UpstreamExchange running;
  private boolean paused;
  private boolean cancelled;

  ChosenExchange(
      UpstreamReceiver receiver, Function<UpstreamReceiver, UpstreamExchange> otherwise) {
    this.receiver = receiver;
    this.otherwise = otherwise;
  }

  ChosenExchange begin(Function<UpstreamReceiver, UpstreamExchange> first) {
    UpstreamExchange begun = first.apply(new FirstAnswer());
    if (running == null) {
      running = begun;
    }
    return this;
  }

  private void second() {
    UpstreamExchange second = otherwise.apply(receiver);
    running = second;
    if (paused) {
      second.pause();
    }
  }

  @Override
  public boolean writable() {
    UpstreamExchange to = running;
    return to != null && to.writable();
  }

  @Override
  public void write(ByteBuf piece) {
    UpstreamExchange to = running;
    if (to == null) {
      piece.release();
    } else {
      to.write(piece);
    }
  }

  @Override
  public void end() {
    end(List.of());
  }

  @Override
  public void end(List<String> trailers) {
    UpstreamExchange to = running;
    if (to != null) {
      to.end(trailers);
    }
  }

  @Override
  public void pause() {
    paused = true;
    UpstreamExchange to = running;
    if (to != null) {
      to.pause();
    }
  }

  @Override
  public void resume() {
    paused = false;
    UpstreamExchange to = running;
    if (to != null) {
      to.resume();
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    UpstreamExchange to = running;
    if (to != null) {
      to.cancel();
    }
  }

  /** Hears how the first attempt goes. */
  private final class FirstAnswer implements UpstreamReceiver {

    @Override
    public void failed(UpstreamException cause) {
      if (!(cause.getCause() instanceof SpeaksHttp1Exception)) {
        receiver.failed(cause);
      } else if (!cancelled) {
        second();
      }
    }

    @Override
    public void ready() {
      receiver.ready();
    }

    @Override
    public void writable() {
      receiver.writable();
    }

    @Override
    public void head(UpstreamHead head) {
      receiver.head(head);
    }

    @Override
    public void switched(UpstreamHead head) {
      receiver.switched(head);
    }

    @Override
    public void data(ByteBuf piece) {
      receiver.data(piece);
    }

    @Override
    public void idle() {
      receiver.idle();
    }

    @Override
    public void ended(List<String> trailers) {
      receiver.ended(trailers);
    }
  }
}
