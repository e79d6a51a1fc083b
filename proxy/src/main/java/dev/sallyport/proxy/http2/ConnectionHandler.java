package dev.sallyport.proxy.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to the backend: its streams' exchanges, its flushes, its end. */
final class ConnectionHandler extends Http2ConnectionHandler {

  private static final Logger log = LoggerFactory.getLogger(ConnectionHandler.class);

  /**
   * The window of all streams together. Far beyond what they may hold, so that a client that takes
   * nothing stalls its own stream alone; the streams' windows bound the memory.
   */
  private static final int CONNECTION_WINDOW = 1 << 30;

  /** Of a backend that names no limit. */
  private static final int MOST_STREAMS = 1000;

  private static final long SETTINGS_SECONDS = 10;
  private static final long IDLE_NANOS = 30_000_000_000L;

  private final LoopConnections owner;
  private final Http2Connection.PropertyKey key;
  private final KeepAlive keepAlive = new KeepAlive();
  private final List<StreamExchange> fed = new ArrayList<>();
  private Throwable failure = new ClosedChannelException();
  private boolean ready;
  private boolean gone;
  private boolean closing;
  private boolean reading;
  private boolean flushScheduled;
  private boolean malformed;
  private int lastProcessed = Integer.MAX_VALUE;
  private int served;
  private long idleSince;

  @SuppressWarnings("NullAway.Init") // set when the handler is added
  private ChannelHandlerContext ctx;

  ConnectionHandler(
      Http2ConnectionDecoder decoder,
      Http2ConnectionEncoder encoder,
      Http2Settings settings,
      LoopConnections owner) {
    super(decoder, encoder, settings);
    this.owner = owner;
    this.key = encoder.connection().newKey();
  }

  static ConnectionHandler create(LoopConnections owner) {
    return new ConnectionHandlerBuilder(owner).build();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) throws Exception {
    ctx = context;
    super.handlerAdded(context);
    Http2Stream all = connection().connectionStream();
    connection().local().flowController().incrementWindowSize(all, CONNECTION_WINDOW - 65_535);
    flush(ctx);
    var unused = ctx.executor().schedule(this::giveUpWaiting, SETTINGS_SECONDS, TimeUnit.SECONDS);
  }

  private void giveUpWaiting() {
    if (!ready && !gone) {
      failure = new IOException("the upstream sent no settings");
      var unused = ctx.channel().close();
    }
  }

  /** The backend has said what it allows: only then is it known for one that speaks HTTP/2. */
  void settingsReceived() {
    if (!ready && !gone) {
      ready = true;
      idleSince = System.nanoTime();
      owner.ready(this);
    }
  }

  // Streams

  /** Opens a stream for the exchange; false when there is no room. */
  boolean begin(StreamExchange exchange) {
    if (!gone && !owner.current(ctx.channel())) {
      drain();
    }
    if (gone || !hasRoom()) {
      return false;
    }
    int id = connection().local().incrementAndGetNextStreamId();
    if (id < 0) {
      drain(); // it has had all the streams that can be numbered
      return false;
    }
    Http2Headers head = exchange.block().headers();
    var unused = encoder().writeHeaders(ctx, id, head, 0, exchange.bodiless(), ctx.newPromise());
    Http2Stream stream = connection().stream(id);
    if (stream == null) {
      drain();
      return false;
    }
    stream.setProperty(key, exchange);
    flushSoon();
    exchange.opened(this, stream);
    return true;
  }

  private boolean hasRoom() {
    return connection().numActiveStreams() < MOST_STREAMS && connection().local().canOpenStream();
  }

  @Nullable StreamExchange exchange(int streamId) {
    Http2Stream stream = connection().stream(streamId);
    return stream == null ? null : stream.getProperty(key);
  }

  /** The stream is its exchange's no longer. */
  void release(int streamId) {
    Http2Stream stream = connection().stream(streamId);
    if (stream != null) {
      stream.removeProperty(key);
    }
  }

  boolean writable(Http2Stream stream) {
    return connection().remote().flowController().isWritable(stream);
  }

  void write(Http2Stream stream, ByteBuf piece, boolean endOfStream) {
    var unused = encoder().writeData(ctx, stream.id(), piece, 0, endOfStream, ctx.newPromise());
    flushSoon();
  }

  void writeTrailers(Http2Stream stream, Http2Headers trailers) {
    var unused = encoder().writeHeaders(ctx, stream.id(), trailers, 0, true, ctx.newPromise());
    flushSoon();
  }

  void reset(Http2Stream stream, Http2Error code) {
    stream.removeProperty(key);
    var unused = resetStream(ctx, stream.id(), code.code(), ctx.newPromise());
    flushSoon();
  }

  /** So many of the stream's bytes have been taken. A closed stream's have been given back. */
  void consumed(Http2Stream stream, int bytes) {
    try {
      if (bytes > 0 && connection().local().flowController().consumeBytes(stream, bytes)) {
        flushSoon();
      }
    } catch (Http2Exception e) {
      onError(ctx, true, e);
    }
  }

  /** The stream is over: by both sides' end, a reset, a GOAWAY or the connection's end. */
  void streamClosed(Http2Stream stream) {
    StreamExchange exchange = stream.removeProperty(key);
    served++;
    idleSince = System.nanoTime();
    if (exchange != null) {
      tellEnd(exchange, stream.id());
    }
    ctx.executor().execute(this::roomMade);
  }

  private void tellEnd(StreamExchange exchange, int streamId) {
    if (streamId > lastProcessed) {
      exchange.notProcessed(failure);
    } else if (malformed) {
      exchange.malformed(failure);
    } else {
      exchange.lost(failure, served > 1);
    }
  }

  private void roomMade() {
    if (gone) {
      closeIfUnused();
    } else {
      owner.serveWaiting(this);
    }
  }

  // Reading and flushing

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    reading = true;
    keepAlive.heard();
    super.channelRead(context, message);
  }

  /** The exchange gets something of what is being read. */
  void feeds(StreamExchange exchange) {
    if (fed.isEmpty() || fed.get(fed.size() - 1) != exchange) {
      fed.add(exchange);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    reading = false;
    for (int i = 0; i < fed.size(); i++) {
      fed.get(i).idle();
    }
    fed.clear();
    super.channelReadComplete(context);
  }

  /** What a burst of reads or of requests writes is flushed once. */
  private void flushSoon() {
    if (!reading && !flushScheduled) {
      flushScheduled = true;
      ctx.executor().execute(this::flushNow);
    }
  }

  private void flushNow() {
    flushScheduled = false;
    flush(ctx);
  }

  // The end

  /** The backend takes no streams beyond the last that it names. */
  void goneAway(int lastStreamId, long errorCode) {
    log.debug("{} says goodbye with code {}", ctx.channel().remoteAddress(), errorCode);
    lastProcessed = Math.min(lastProcessed, lastStreamId);
    failure = new IOException("the upstream ended the connection with code " + errorCode);
    leave();
    ctx.executor().execute(this::closeIfUnused);
  }

  private void leave() {
    if (gone) {
      return;
    }
    gone = true;
    if (ready) {
      owner.gone(this);
    } else {
      owner.connectFailed(failure);
    }
  }

  /** Takes no more streams and closes when those that run are over. */
  void drain() {
    leave();
    closeIfUnused();
  }

  private void closeIfUnused() {
    if (closing || connection().numActiveStreams() > 0 || !ctx.channel().isActive()) {
      return;
    }
    closing = true;
    try {
      close(ctx, ctx.newPromise());
    } catch (Exception e) {
      log.debug("{} did not close well", ctx.channel().remoteAddress(), e);
      var unused = ctx.channel().close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    leave();
    owner.ended(this);
    super.channelInactive(context);
  }

  @Override
  protected void onConnectionError(
      ChannelHandlerContext context,
      boolean outbound,
      Throwable cause,
      @Nullable Http2Exception http2Cause) {
    log.debug("{} broke the protocol", ctx.channel().remoteAddress(), cause);
    failure = cause;
    malformed = true;
    leave();
    super.onConnectionError(context, outbound, cause, http2Cause);
  }

  @Override
  protected void onStreamError(
      ChannelHandlerContext context,
      boolean outbound,
      Throwable cause,
      Http2Exception.StreamException http2Cause) {
    StreamExchange exchange = exchange(http2Cause.streamId());
    if (exchange != null) {
      release(http2Cause.streamId());
      exchange.malformed(cause);
    }
    super.onStreamError(context, outbound, cause, http2Cause);
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
      failure = cause;
      var unused = ctx.channel().close();
    }
  }

  void tick(long now) {
    if (connection().numActiveStreams() == 0) {
      if (now - idleSince > IDLE_NANOS) {
        drain();
      }
      return;
    }
    switch (keepAlive.due(now)) {
      case PING -> {
        var unused = encoder().writePing(ctx, false, now, ctx.newPromise());
        flushSoon();
      }
      case DEAD -> {
        failure = new IOException("the upstream is silent");
        var unused = ctx.channel().close();
      }
      case NOTHING -> {}
    }
  }

  void pingAcknowledged() {
    keepAlive.acknowledged();
  }
}
