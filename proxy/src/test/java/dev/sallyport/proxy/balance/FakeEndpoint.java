package dev.sallyport.proxy.balance;

import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamException.Kind;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/** An endpoint whose answers the test gives. */
final class FakeEndpoint implements Upstream, UpstreamExchange {

  /** What happens to a request; an answer comes after the call. */
  enum Manner {
    REFUSES,
    BREAKS,
    ANSWERS,
    WAITS
  }

  Manner manner;
  boolean closed;
  int cancelled;
  final List<UpstreamRequest> seen = new ArrayList<>();
  final List<UpstreamReceiver> receivers = new ArrayList<>();

  FakeEndpoint(Manner manner) {
    this.manner = manner;
  }

  @Override
  public UpstreamExchange open(EventLoop loop, UpstreamRequest request, UpstreamReceiver receiver) {
    seen.add(request);
    receivers.add(receiver);
    switch (manner) {
      case REFUSES -> receiver.failed(new UpstreamException(Kind.UNREACHABLE, "refused", null));
      case BREAKS -> {
        receiver.ready();
        receiver.failed(new UpstreamException(Kind.BROKEN, "broken", null));
      }
      case ANSWERS -> {
        receiver.ready();
        int exchange = seen.size() - 1;
        loop.execute(() -> answer(exchange));
      }
      case WAITS -> receiver.ready();
    }
    return this;
  }

  void answer(int exchange) {
    receivers.get(exchange).head(new UpstreamHead(200, List.of(), 0));
    receivers.get(exchange).ended(List.of());
  }

  @Override
  public boolean writable() {
    return true;
  }

  @Override
  public void write(ByteBuf piece) {
    piece.release();
  }

  @Override
  public void end() {}

  @Override
  public void pause() {}

  @Override
  public void resume() {}

  @Override
  public void cancel() {
    cancelled++;
  }

  @Override
  public void close() {
    closed = true;
  }
}
