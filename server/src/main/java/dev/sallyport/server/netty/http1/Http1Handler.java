package dev.sallyport.server.netty.http1;

import dev.sallyport.api.StatusException;
import dev.sallyport.authn.PeerCertificates;
import dev.sallyport.server.http.HttpHandler;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.netty.exchange.Connections;
import dev.sallyport.server.netty.exchange.HttpLimits;
import dev.sallyport.server.netty.exchange.InboundRequest;
import dev.sallyport.server.netty.exchange.ManagedConnection;
import dev.sallyport.server.netty.exchange.PeerConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/1.1 connection. Requests are taken one after the other: what a client pipelines stays
 * unparsed, and soon unread, until the exchange before it is over.
 */
public final class Http1Handler extends ChannelInboundHandlerAdapter implements ManagedConnection {

  private static final Logger log = LoggerFactory.getLogger(Http1Handler.class);
  private static final long LINGER_NANOS = 2_000_000_000L;

  private final HttpHandler handler;
  private final HttpLimits limits;
  private final Connections connections;
  private final PeerCertificates peer;
  private final HeadParser parser;
  private ByteBuf input = Unpooled.EMPTY_BUFFER;
  private @Nullable Http1Exchange exchange;
  private boolean processing;
  private boolean reading;
  private final Runnable scheduledFlush = this::scheduledFlush;
  private boolean flushWanted;
  private boolean flushScheduled;
  private boolean closing;
  private boolean lingering;
  private boolean switched;
  private boolean timed;
  private long since = System.nanoTime();
  private long unwritableSince;

  @SuppressWarnings("NullAway.Init") // set when the handler is added
  private ChannelHandlerContext ctx;

  @SuppressWarnings("NullAway.Init")
  private PeerConnection connection;

  public Http1Handler(
      HttpHandler handler, HttpLimits limits, Connections connections, PeerCertificates peer) {
    this.handler = handler;
    this.limits = limits;
    this.connections = connections;
    this.peer = peer;
    this.parser = new HeadParser(limits);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    connection = new PeerConnection(ctx.channel(), peer, false, this::closeAfterExchange);
    connections.add(this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (!switched) {
      lost(new ClosedChannelException());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    reading = true;
    if (lingering) {
      bytes.release();
      return;
    }
    input = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), input, bytes);
    process();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    reading = false;
    if (flushWanted) {
      flushNow();
    }
  }

  /** Takes what can be taken from the input; never entered twice. */
  void process() {
    if (processing) {
      return;
    }
    processing = true;
    try {
      while (step()) {}
    } catch (StatusException refusal) {
      refuse(refusal);
    } finally {
      processing = false;
    }
    if (!input.isReadable()) {
      input.release();
      input = Unpooled.EMPTY_BUFFER;
    }
    updateReading();
  }

  private boolean step() {
    if (lingering || switched) {
      return false;
    }
    Http1Exchange current = exchange;
    if (current != null) {
      return current.takeBody(input);
    }
    if (closing || !input.isReadable() || !ctx.channel().isWritable()) {
      return false;
    }
    if (!timed) {
      timed = true;
      since = System.nanoTime();
    }
    RequestHead head = parser.parse(input);
    if (head == null) {
      return false;
    }
    begin(head, Framing.of(head));
    return true;
  }

  private void begin(RequestHead head, Framing framing) {
    Http1Exchange begun = new Http1Exchange(this, head, framing);
    exchange = begun;
    begun.start(handler);
  }

  /** Answers what cannot be understood and takes nothing more. */
  private void refuse(StatusException refusal) {
    log.debug("refused: {}", refusal.getMessage());
    closing = true;
    Http1Exchange.refuse(this, refusal);
    closeWhenWritten(false);
  }

  /** The exchange is over and its body taken off the connection. */
  void exchangeOver(boolean close) {
    exchange = null;
    timed = false;
    since = System.nanoTime();
    if (close || closing) {
      closing = true;
      closeWhenWritten(!parser.inside() && !input.isReadable());
    } else {
      process();
    }
  }

  /**
   * Writes 101 and makes way for a tunnel, which gets what the client has sent behind its request.
   */
  void switchProtocols(HeadWriter head, InboundRequest request, Response.TunnelWriter writer) {
    switched = true;
    exchange = null;
    ByteBuf first = input;
    input = Unpooled.EMPTY_BUFFER;
    ByteBuf bytes = head.finish(ctx.alloc(), noBody(), 0);
    TunnelHandler tunnel = new TunnelHandler(ctx.channel(), limits, connections, request, first);
    ctx.pipeline().replace(this, ctx.name(), tunnel);
    connections.remove(this); // the tunnel is there already: no moment without a connection
    var unused = ctx.channel().writeAndFlush(bytes);
    writer.start(tunnel);
  }

  /**
   * Closes once everything is written.
   *
   * @param clean whether the client owes nothing; else its bytes are read on a while, so that the
   *     answer is not lost to a reset
   */
  void closeWhenWritten(boolean clean) {
    if (lingering) {
      return;
    }
    exchange = null;
    lingering = true;
    since = System.nanoTime();
    flushWanted = false;
    var unused =
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
            .addListener(clean ? ChannelFutureListener.CLOSE : new LingeringClose(ctx));
    dropInput();
    updateReading();
  }

  /** Breaks the connection so that the client cannot take it for an end. */
  void breakOff() {
    lingering = true;
    ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    var unused = ctx.channel().close();
  }

  private void dropInput() {
    input.release();
    input = Unpooled.EMPTY_BUFFER;
  }

  private void updateReading() {
    if (switched) {
      return;
    }
    boolean wanted = wantsInput();
    if (ctx.channel().config().isAutoRead() != wanted) {
      ctx.channel().config().setAutoRead(wanted);
    }
  }

  /** Reads on while idle, to notice a client that leaves, but never more than is asked for. */
  private boolean wantsInput() {
    if (lingering) {
      return true;
    }
    if (!ctx.channel().isWritable()) {
      return false;
    }
    Http1Exchange current = exchange;
    if (current == null) {
      return !closing;
    }
    return current.wantsBody() || current.bodyComplete() && !input.isReadable();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    boolean writable = ctx.channel().isWritable();
    unwritableSince = writable ? 0 : System.nanoTime();
    Http1Exchange current = exchange;
    if (writable && current != null) {
      current.writable();
    }
    if (!lingering) {
      process();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    lost(new ClosedChannelException());
  }

  private void lost(Throwable cause) {
    connections.remove(this);
    lingering = true;
    Http1Exchange current = exchange;
    exchange = null;
    dropInput();
    if (current != null) {
      current.lost(cause);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    // The client will send no more. A running exchange may end; an idle connection is of no use.
    if (event instanceof SslCloseCompletionEvent) {
      closing = true;
      if (exchange == null && !lingering) {
        var unused = ctx.close();
      }
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.debug("connection of {} failed", ctx.channel().remoteAddress(), cause);
    var unused = ctx.channel().close();
  }

  private void closeAfterExchange() {
    closing = true;
  }

  @Override
  public void drain() {
    closing = true;
    if (exchange == null && !lingering) {
      var unused = ctx.close();
    }
  }

  @Override
  public Channel channel() {
    return ctx.channel();
  }

  @Override
  public void tick(long now) {
    if (lingering) {
      closeIf(now - since > LINGER_NANOS && ctx.channel().isWritable());
    }
    closeIf(unwritableSince != 0 && now - unwritableSince > limits.stallTimeout().toNanos());
    Http1Exchange current = exchange;
    if (current != null) {
      current.tick(now, limits.bodyTimeout().toNanos());
    } else if (!lingering) {
      long allowed = (timed ? limits.headerTimeout() : limits.idleTimeout()).toNanos();
      closeIf(now - since > allowed);
    }
  }

  private void closeIf(boolean expired) {
    if (expired && ctx.channel().isOpen()) {
      breakOff();
    }
  }

  boolean closing() {
    return closing;
  }

  ChannelHandlerContext context() {
    return ctx;
  }

  HttpLimits limits() {
    return limits;
  }

  PeerConnection connection() {
    return connection;
  }

  /** Within a burst of reads everything is flushed at its end. */
  void flush() {
    flushWanted = true;
    if (!reading) {
      flushNow();
    }
  }

  /** Flushes after what is running now, unless that flushes itself. */
  void flushSoon() {
    flushWanted = true;
    if (!reading && !flushScheduled) {
      flushScheduled = true;
      ctx.executor().execute(scheduledFlush);
    }
  }

  private void scheduledFlush() {
    flushScheduled = false;
    if (flushWanted && !reading) {
      flushNow();
    }
  }

  private void flushNow() {
    flushWanted = false;
    Http1Exchange current = exchange;
    if (current != null) {
      current.beforeFlush();
    }
    ctx.flush();
  }

  static List<Response.Segment> noBody() {
    return List.of();
  }
}
