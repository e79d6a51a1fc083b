package dev.sallyport.server.netty.http1;

import dev.sallyport.proxy.connect.LongLived;
import dev.sallyport.server.http.RequestBody;
import dev.sallyport.server.http.StreamCut;
import dev.sallyport.server.http.Tunnel;
import dev.sallyport.server.http.TunnelEnd;
import dev.sallyport.server.netty.exchange.Callbacks;
import dev.sallyport.server.netty.exchange.Connections;
import dev.sallyport.server.netty.exchange.HttpLimits;
import dev.sallyport.server.netty.exchange.InboundBody;
import dev.sallyport.server.netty.exchange.InboundRequest;
import dev.sallyport.server.netty.exchange.ManagedConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that has switched protocols. The client's bytes are taken off it only as somebody
 * asks for them.
 */
final class TunnelHandler extends ChannelInboundHandlerAdapter
    implements ManagedConnection, Tunnel, InboundBody.Source {

  private static final Logger log = LoggerFactory.getLogger(TunnelHandler.class);

  /** For the other side to end too, when the client has left and is owed nothing. */
  private static final long GONE_NANOS = 10_000_000_000L;

  private final Channel channel;
  private final HttpLimits limits;
  private final Connections connections;
  private final InboundRequest request;
  private final InboundBody input;
  private final Callbacks callbacks = new Callbacks();
  private boolean outputEnded;
  private boolean outputDead;
  private boolean inputEnded;
  private boolean over;
  private long fromClient;
  private long toClient;
  private @Nullable TunnelEnd endedBy;
  private long unwritableSince;
  private long quietSince;

  @SuppressWarnings("NullAway.Init") // set when the handler is added
  private ChannelHandlerContext ctx;

  /**
   * @param first what the client has sent already; now owned by the tunnel
   */
  TunnelHandler(
      Channel channel,
      HttpLimits limits,
      Connections connections,
      InboundRequest request,
      ByteBuf first) {
    this.channel = channel;
    this.limits = limits;
    this.connections = connections;
    this.request = request;
    this.input = new InboundBody(channel.eventLoop(), this, -1);
    if (first.isReadable()) {
      fromClient = first.readableBytes();
      input.offer(first);
    } else {
      first.release();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    LongLived.prepare(channel);
    connections.add(this);
    updateReading();
  }

  // From the client

  @Override
  public void read(RequestBody.Sink from) {
    input.stream(new Listener(from));
    updateReading();
  }

  @Override
  public void wanted() {
    updateReading();
  }

  @Override
  public void taken(int bytes) {}

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    quietSince = 0;
    ByteBuf piece = (ByteBuf) message;
    fromClient += piece.readableBytes();
    input.offer(piece);
    updateReading();
  }

  /** Once both ways have ended and what the client said last has been handed over. */
  private void closeIfDone() {
    if (outputEnded && inputEnded && input.discarding() && !over) {
      over = true;
      request.finished();
      callbacks.closed();
      var unused = ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> channel.close());
    }
  }

  /** What nobody reads is thrown away, so that the client's end is noticed. */
  private void updateReading() {
    boolean wanted = input.waiting() || input.discarding();
    if (channel.config().isAutoRead() != wanted) {
      channel.config().setAutoRead(wanted);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == SslCloseCompletionEvent.SUCCESS && !inputEnded) {
      inputEnded = true;
      endsBy(TunnelEnd.CLIENT);
      outputDead = outputDead(context);
      input.finish();
      closeIfDone();
    } else if (event instanceof ChannelInputShutdownEvent && !inputEnded) {
      cut(new ClosedChannelException()); // without close_notify it is no end but a break
    }
    context.fireUserEventTriggered(event);
  }

  /**
   * TLS 1.3 lets each way end for itself (RFC 8446, 6.1), yet TLS 1.2 does not, and BoringSSL's
   * engine answers every close_notify with its own.
   */
  private static boolean outputDead(ChannelHandlerContext context) {
    SslHandler tls = context.pipeline().get(SslHandler.class);
    return tls != null && tls.engine().isOutboundDone();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    lost(new ClosedChannelException());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.debug("tunnel of {} failed", channel.remoteAddress(), cause);
    cut(cause);
  }

  private void cut(Throwable cause) {
    lost(cause);
    var unused = channel.close();
  }

  private void lost(Throwable cause) {
    connections.remove(this);
    if (!over) {
      over = true;
      endsBy(cause instanceof StreamCut cut ? cut.end() : TunnelEnd.CLIENT);
      input.fail(cause);
      request.abort(cause);
      input.discard();
      callbacks.closed();
    }
  }

  // To the client

  @Override
  public Executor loop() {
    return channel.eventLoop();
  }

  @Override
  public boolean writable() {
    return !over && !outputEnded && (outputDead || channel.isWritable());
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    write(Unpooled.wrappedBuffer(bytes, offset, length));
  }

  @Override
  public void write(ByteBuf piece) {
    if (over || outputEnded || outputDead || !piece.isReadable()) {
      piece.release();
    } else {
      quietSince = 0;
      toClient += piece.readableBytes();
      var unused = ctx.write(piece);
    }
  }

  @Override
  public void flush() {
    if (!over) {
      ctx.flush();
    }
  }

  @Override
  public void end() {
    if (over || outputEnded) {
      return;
    }
    outputEnded = true;
    endsBy(TunnelEnd.UPSTREAM);
    var unused = ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(new LingeringClose(ctx));
    closeIfDone();
  }

  @Override
  public void abort(@Nullable Throwable cause) {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    cut(cause == null ? new StreamCut(TunnelEnd.UPSTREAM, null) : cause);
  }

  @Override
  public void onWritable(Runnable action) {
    callbacks.onWritable(action);
  }

  @Override
  public void onClosed(Runnable action) {
    callbacks.onClosed(action);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    boolean writable = channel.isWritable();
    unwritableSince = writable ? 0 : System.nanoTime();
    if (writable && !over) {
      callbacks.writable();
    }
  }

  // What there is to tell

  @Override
  public long bytesFromClient() {
    return fromClient;
  }

  @Override
  public long bytesToClient() {
    return toClient;
  }

  @Override
  public TunnelEnd endedBy() {
    return endedBy == null ? TunnelEnd.CLIENT : endedBy;
  }

  /** The first reason counts: all others follow from it. */
  private void endsBy(TunnelEnd by) {
    if (endedBy == null) {
      endedBy = by;
    }
  }

  // The connection's care

  @Override
  public Channel channel() {
    return channel;
  }

  /** A tunnel has no next request to refuse: it lasts until the server's grace is over. */
  @Override
  public void drain() {}

  @Override
  public void closeNow() {
    cut(new StreamCut(TunnelEnd.SHUTDOWN, null));
  }

  @Override
  public void tick(long now) {
    if ((over || outputEnded || inputEnded) && quietSince == 0) {
      quietSince = now;
    }
    long stall = limits.stallTimeout().toNanos();
    boolean stalled = unwritableSince != 0 && now - unwritableSince > stall;
    long quiet = outputDead ? Math.min(stall, GONE_NANOS) : stall;
    if (stalled || quietSince != 0 && now - quietSince > quiet) {
      abort(new StreamCut(TunnelEnd.STALLED, null));
    }
  }

  /** Who reads, and then the tunnel itself, which may be done with the last of it. */
  private final class Listener implements RequestBody.Sink {
    private final RequestBody.Sink sink;

    Listener(RequestBody.Sink sink) {
      this.sink = sink;
    }

    @Override
    public void started(RequestBody.Flow flow) {
      sink.started(flow);
    }

    @Override
    public void data(ByteBuf piece) {
      sink.data(piece);
    }

    @Override
    public void ended() {
      sink.ended();
      closeIfDone();
    }

    @Override
    public void failed(Throwable cause) {
      sink.failed(cause);
    }
  }
}
