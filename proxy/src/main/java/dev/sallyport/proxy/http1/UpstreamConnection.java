package dev.sallyport.proxy.http1;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** One connection to a backend; it serves one exchange at a time. */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {

  private final Channel channel;
  private final ConnectionPool pool;
  private @Nullable Http1Exchange exchange;
  private boolean informational;
  private boolean used;
  private long idleSince;

  UpstreamConnection(Channel channel, ConnectionPool pool) {
    this.channel = channel;
    this.pool = pool;
  }

  EventLoop loop() {
    return channel.eventLoop();
  }

  Channel channel() {
    return channel;
  }

  boolean usable() {
    return channel.isActive();
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
    informational = false;
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

  ChannelFuture write(Object message) {
    return channel.write(message);
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
    Http1Exchange current = exchange;
    if (current == null) {
      ReferenceCountUtil.release(message);
      close(); // a backend that speaks unasked is not to be trusted with the next request
      return;
    }
    if (((HttpObject) message).decoderResult().isFailure()) {
      Throwable cause = ((HttpObject) message).decoderResult().cause();
      ReferenceCountUtil.release(message);
      current.malformed(cause);
      return;
    }
    if (message instanceof HttpResponse head && !head(current, head)) {
      return;
    }
    if (message instanceof HttpContent piece) {
      content(current, piece);
    }
  }

  /** False for an interim response, which is not passed on. */
  private boolean head(Http1Exchange current, HttpResponse head) {
    informational = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (informational && head.status().code() == 101) {
      current.malformed(new IllegalStateException("it switched protocols unasked"));
      return false;
    }
    if (!informational) {
      current.head(head);
    }
    return !informational;
  }

  private void content(Http1Exchange current, HttpContent piece) {
    if (informational) {
      piece.release();
      return;
    }
    if (piece.content().isReadable()) {
      current.data(piece.content());
    } else {
      piece.release();
    }
    if (piece instanceof LastHttpContent && exchange == current) {
      current.responseEnded();
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
  public void channelInactive(ChannelHandlerContext ctx) {
    lost(new ClosedChannelException());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    lost(cause);
    var unused = ctx.close();
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
