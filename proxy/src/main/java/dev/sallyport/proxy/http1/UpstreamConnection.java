package dev.sallyport.proxy.http1;

import dev.sallyport.proxy.connect.Connector;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** One connection to a backend; it serves one exchange at a time. */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {

  private static final long FRESH_NANOS = 50_000_000L;

  private final Channel channel;
  private final ConnectionPool pool;
  private final Connector connector;
  private final ResponseParser parser = new ResponseParser();
  private final Runnable flush = this::flushNow;
  private @Nullable Http1Exchange exchange;
  private @Nullable Throwable sendingFailed;
  private boolean flushScheduled;
  private boolean used;
  private long idleSince;

  UpstreamConnection(Channel channel, ConnectionPool pool, Connector connector) {
    this.channel = channel;
    this.pool = pool;
    this.connector = connector;
    // What the backend said before it stopped listening is still to be read.
    channel.config().setAutoClose(false);
  }

  EventLoop loop() {
    return channel.eventLoop();
  }

  Channel channel() {
    return channel;
  }

  ResponseParser parser() {
    return parser;
  }

  /** Whether another request may go over it. */
  boolean usable() {
    return channel.isActive() && sendingFailed == null && connector.current(channel);
  }

  /** Whether it has been idle for so long that the backend may have closed it by now. */
  boolean mayHaveEnded() {
    return System.nanoTime() - idleSince > FRESH_NANOS;
  }

  long idleSince() {
    return idleSince;
  }

  /** Whether it has served an exchange before: the backend may just be closing it. */
  boolean used() {
    return used;
  }

  void serve(Http1Exchange next) {
    exchange = next;
  }

  /** The exchange is over and the connection fit for another one. */
  void release() {
    exchange = null;
    used = true;
    idleSince = System.nanoTime();
    reading(true);
    pool.give(this);
  }

  void reading(boolean wanted) {
    if (channel.config().isAutoRead() != wanted) {
      channel.config().setAutoRead(wanted);
    }
  }

  void write(ByteBuf bytes) {
    var unused = channel.write(bytes, channel.voidPromise());
  }

  /** Flushes after what is running now: pieces that come together leave together. */
  void flushSoon() {
    if (!flushScheduled) {
      flushScheduled = true;
      loop().execute(flush);
    }
  }

  private void flushNow() {
    flushScheduled = false;
    channel.flush();
  }

  void flush() {
    channel.flush();
  }

  void close() {
    exchange = null;
    var unused = channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    Http1Exchange current = exchange;
    try {
      if (current == null) {
        close(); // a backend that speaks unasked is not to be trusted with the next request
      } else {
        current.read(in);
      }
    } finally {
      in.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    Http1Exchange current = exchange;
    if (current != null) {
      current.idle();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    Http1Exchange current = exchange;
    if (current != null && channel.isWritable()) {
      current.becameWritable();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslCloseCompletionEvent tls && tls.isSuccess()) {
      inputEnded(true);
    } else if (event instanceof ChannelInputShutdownEvent) {
      inputEnded(false);
    } else if (event instanceof ChannelOutputShutdownEvent) {
      sendingFailed(new ClosedChannelException());
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    // Over TLS an end without its alert may be anybody's, and the response cut short.
    ended(channel.pipeline().get(SslHandler.class) == null);
  }

  /**
   * The backend takes no more. It may have answered before: what has arrived is read, and then the
   * connection's end.
   */
  private void sendingFailed(Throwable cause) {
    Http1Exchange current = exchange;
    if (current != null && current.tunnelled()) {
      return; // ends its ways itself
    }
    if (sendingFailed == null) {
      sendingFailed = cause;
    }
    if (current == null) {
      close();
    } else {
      current.sendingFailed();
    }
  }

  private void inputEnded(boolean clean) {
    Http1Exchange current = exchange;
    if (current != null && current.tunnelled()) {
      current.inputEnded();
    } else {
      ended(clean);
      close();
    }
  }

  private void ended(boolean clean) {
    Http1Exchange current = exchange;
    Throwable before = sendingFailed;
    if (clean && before == null && current != null && current.endsWithConnection()) {
      exchange = null;
      current.connectionEnded();
    } else {
      lost(before == null ? new ClosedChannelException() : before);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof ChannelOutputShutdownException) {
      sendingFailed(cause);
    } else {
      lost(cause);
      var unused = ctx.close();
    }
  }

  private void lost(Throwable cause) {
    Http1Exchange current = exchange;
    exchange = null;
    if (current == null) {
      pool.forget(this);
    } else {
      current.lost(cause);
    }
  }
}
