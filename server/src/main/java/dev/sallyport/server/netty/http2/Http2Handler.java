package dev.sallyport.server.netty.http2;

import dev.sallyport.authn.PeerCertificates;
import dev.sallyport.server.http.HttpHandler;
import dev.sallyport.server.netty.exchange.Connections;
import dev.sallyport.server.netty.exchange.HttpLimits;
import dev.sallyport.server.netty.exchange.ManagedConnection;
import dev.sallyport.server.netty.exchange.PeerConnection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One HTTP/2 connection: its streams' exchanges, its flushes, its end. */
public final class Http2Handler extends Http2ConnectionHandler implements ManagedConnection {

  private static final Logger log = LoggerFactory.getLogger(Http2Handler.class);

  private final HttpHandler handler;
  private final HttpLimits limits;
  private final Connections connections;
  private final PeerCertificates peer;
  private final Http2Connection.PropertyKey key;
  private final PastStreams past = new PastStreams();
  private boolean reading;
  private boolean flushScheduled;
  private boolean closing;
  private boolean closeWhenAnswered;
  private long idleSince = System.nanoTime();

  @SuppressWarnings("NullAway.Init") // set when the handler is added
  private ChannelHandlerContext ctx;

  @SuppressWarnings("NullAway.Init")
  private PeerConnection peerConnection;

  Http2Handler(
      Http2ConnectionDecoder decoder,
      Http2ConnectionEncoder encoder,
      Http2Settings settings,
      HttpHandler handler,
      HttpLimits limits,
      Connections connections,
      PeerCertificates peer) {
    super(decoder, encoder, settings);
    this.handler = handler;
    this.limits = limits;
    this.connections = connections;
    this.peer = peer;
    this.key = encoder.connection().newKey();
  }

  public static Http2Handler create(
      HttpHandler handler, HttpLimits limits, Connections connections, PeerCertificates peer) {
    return new Http2HandlerBuilder(handler, limits, connections, peer).build();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) throws Exception {
    ctx = context;
    peerConnection = new PeerConnection(ctx.channel(), peer, true, this::closeWhenAnswered);
    connections.add(this);
    super.handlerAdded(context);
    // The connection's window cannot be set by SETTINGS; unread bodies of all streams share it.
    Http2Stream all = connection().connectionStream();
    connection()
        .local()
        .flowController()
        .incrementWindowSize(all, Http2HandlerBuilder.CONNECTION_WINDOW - 65_535);
    flush(ctx);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    connections.remove(this);
    super.channelInactive(context);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext context) throws Exception {
    connections.remove(this);
    super.handlerRemoved0(context);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    reading = true;
    super.channelRead(context, message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    reading = false;
    super.channelReadComplete(context);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
    Throwable deepest = cause;
    while (deepest.getCause() != null && !(deepest instanceof Http2Exception)) {
      deepest = deepest.getCause();
    }
    if (deepest instanceof Http2Exception) {
      super.exceptionCaught(context, cause);
    } else {
      log.debug("connection of {} failed", ctx.channel().remoteAddress(), cause);
      var unused = ctx.channel().close();
    }
  }

  void begin(Http2Stream stream, RequestFields fields, boolean endOfStream) {
    Http2Exchange exchange = new Http2Exchange(this, stream, fields, endOfStream);
    stream.setProperty(key, exchange);
    exchange.start(handler, limits);
  }

  @Nullable Http2Exchange exchange(Http2Stream stream) {
    return stream.getProperty(key);
  }

  void streamClosed(Http2Stream stream) {
    Http2Exchange exchange = stream.removeProperty(key);
    if (exchange != null) {
      if (exchange.requestEnded() && !stream.isResetSent()) {
        past.ended(stream.id());
      }
      exchange.closed();
    }
    idleSince = System.nanoTime();
    if (closeWhenAnswered) {
      ctx.executor().execute(this::closeGracefully);
    }
  }

  void opened(int streamId) {
    past.seen(streamId);
  }

  @Override
  protected void onStreamError(
      ChannelHandlerContext context,
      boolean outbound,
      Throwable cause,
      Http2Exception.StreamException error) {
    int streamId = error.streamId();
    if (error.error() == Http2Error.REFUSED_STREAM) {
      past.seen(streamId); // its body may be on its way
    }
    boolean late = error.error() == Http2Error.STREAM_CLOSED && !outbound;
    if (late && connection().stream(streamId) == null && past.hasEnded(streamId)) {
      onError(context, false, ended(Http2Error.STREAM_CLOSED, "a frame behind the stream's end"));
    } else if (late && past.wasPassedOver(streamId)) {
      onError(context, false, ended(Http2Error.PROTOCOL_ERROR, "a stream that was passed over"));
    } else if (hidesTheEnd(cause, streamId)) {
      reset(streamId, Http2Error.STREAM_CLOSED);
    } else {
      super.onStreamError(context, outbound, cause, error);
    }
  }

  /**
   * Whether it is about fields behind the request's end: Netty looks at their names before it looks
   * at the stream's state, and only its words tell them from a bad WINDOW_UPDATE.
   */
  private boolean hidesTheEnd(Throwable cause, int streamId) {
    Http2Stream stream = connection().stream(streamId);
    Http2Exchange exchange = stream == null ? null : exchange(stream);
    if (exchange == null || !exchange.requestEnded()) {
      return false;
    }
    return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains("header");
  }

  private static Http2Exception ended(Http2Error code, String why) {
    return Http2Exception.connectionError(code, "%s", why);
  }

  void reset(int streamId, Http2Error error) {
    var unused = resetStream(ctx, streamId, error.code(), ctx.newPromise());
    flushSoon();
  }

  /** What a burst of reads or of late answers writes is flushed once. */
  void flushSoon() {
    if (!reading && !flushScheduled) {
      flushScheduled = true;
      ctx.executor().execute(this::flushNow);
    }
  }

  private void flushNow() {
    flushScheduled = false;
    flush(ctx);
  }

  /** Ends the connection for a client that floods it. */
  void calm(String what) throws Http2Exception {
    throw Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too many %s frames", what);
  }

  /**
   * GOAWAY goes out behind the answer: there are clients, the JDK 17's among them, that give up
   * their running streams when they see it.
   */
  private void closeWhenAnswered() {
    closeWhenAnswered = true;
  }

  private void closeGracefully() {
    if (closing || !ctx.channel().isActive()) {
      return;
    }
    closing = true;
    try {
      close(ctx, ctx.newPromise());
    } catch (Exception e) {
      exceptionWhileClosing(e);
    }
  }

  private void exceptionWhileClosing(Exception cause) {
    log.debug("connection of {} did not close well", ctx.channel().remoteAddress(), cause);
    var unused = ctx.channel().close();
  }

  @Override
  public void drain() {
    closeGracefully();
  }

  @Override
  public Channel channel() {
    return ctx.channel();
  }

  @Override
  public void tick(long now) {
    if (connection().numActiveStreams() == 0) {
      if (now - idleSince > limits.idleTimeout().toNanos()) {
        closeGracefully();
      }
      return;
    }
    try {
      connection()
          .forEachActiveStream(
              stream -> {
                Http2Exchange exchange = exchange(stream);
                if (exchange != null) {
                  exchange.tick(now, limits);
                }
                return true;
              });
    } catch (Http2Exception e) {
      onError(ctx, true, e);
    }
    if (closing && !ctx.channel().isWritable()) {
      breakOffIfStalled(now);
    }
  }

  private void breakOffIfStalled(long now) {
    if (now - idleSince > limits.stallTimeout().toNanos()) {
      ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      var unused = ctx.channel().close();
    }
  }

  ChannelHandlerContext context() {
    return ctx;
  }

  PeerConnection peerConnection() {
    return peerConnection;
  }
}
