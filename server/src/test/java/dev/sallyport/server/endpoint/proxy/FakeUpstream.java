package dev.sallyport.server.endpoint.proxy;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A backend that does what the test says and keeps every byte it is sent. */
final class FakeUpstream implements Upstream {

  private final LinkedBlockingQueue<Exchange> opened = new LinkedBlockingQueue<>();

  /** The next exchange that was opened. */
  Exchange next() throws Exception {
    Exchange exchange = opened.poll(15, TimeUnit.SECONDS);
    assertNotNull(exchange, "nothing was sent upstream");
    return exchange;
  }

  @Override
  public UpstreamExchange open(EventLoop loop, UpstreamRequest request, UpstreamReceiver receiver) {
    Exchange exchange = new Exchange(loop, request, receiver);
    receiver.ready();
    opened.add(exchange);
    return exchange;
  }

  @Override
  public void close() {}

  /** One of them; what is said from the test is said on the event loop. */
  static final class Exchange implements UpstreamExchange {
    final UpstreamRequest request;
    private final EventLoop loop;
    private final UpstreamReceiver receiver;
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private volatile boolean writable = true;

    Exchange(EventLoop loop, UpstreamRequest request, UpstreamReceiver receiver) {
      this.loop = loop;
      this.request = request;
      this.receiver = receiver;
    }

    void act(Consumer<UpstreamReceiver> action) {
      loop.execute(() -> action.accept(receiver));
    }

    void switches(String... lines) {
      act(to -> to.switched(new UpstreamHead(101, new ArrayList<>(List.of(lines)), -1)));
    }

    void says(String text) {
      act(
          to -> {
            to.data(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
            to.idle();
          });
    }

    void takesNothing() {
      writable = false;
    }

    void takesAgain() {
      writable = true;
      act(UpstreamReceiver::writable);
    }

    /** What it was sent next: bytes, {@code <end>}, or {@code <cancel>}. */
    String hears() throws Exception {
      String next = heard.poll(15, TimeUnit.SECONDS);
      assertNotNull(next, "nothing came");
      return next;
    }

    /** What it was sent already and has not been asked for. */
    @Nullable String heard() {
      return heard.poll();
    }

    @Override
    public boolean writable() {
      return writable;
    }

    @Override
    public void write(ByteBuf piece) {
      heard.add(piece.toString(StandardCharsets.US_ASCII));
      piece.release();
    }

    @Override
    public void end() {
      heard.add("<end>");
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void cancel() {
      heard.add("<cancel>");
    }
  }
}
