package dev.sallyport.proxy.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.List;

/** What the backend sends on a connection, brought to the exchange that it belongs to. */
final class ConnectionEvents extends Http2FrameAdapter
    implements Http2Connection.Listener, Http2RemoteFlowController.Listener {

  /** Frames that ask for nothing: so many in so long a time are a flood. */
  private static final int CONTROL_FRAMES = 2000;

  private static final long WINDOW_NANOS = 10_000_000_000L;

  private int controlFrames;
  private long windowStart = System.nanoTime();

  @SuppressWarnings("NullAway.Init") // bound before the first event
  private ConnectionHandler handler;

  void bind(ConnectionHandler to) {
    handler = to;
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int streamId,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean endOfStream)
      throws Http2Exception {
    onHeadersRead(ctx, streamId, headers, padding, endOfStream);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int streamId,
      Http2Headers headers,
      int padding,
      boolean endOfStream)
      throws Http2Exception {
    StreamExchange exchange = handler.exchange(streamId);
    if (exchange != null) {
      handler.feeds(exchange);
      exchange.headers(headers, endOfStream);
    }
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream)
      throws Http2Exception {
    StreamExchange exchange = handler.exchange(streamId);
    if (exchange == null) {
      return data.readableBytes() + padding;
    }
    handler.feeds(exchange);
    exchange.data(data);
    if (endOfStream) {
      exchange.remoteEnded(List.of());
    }
    return padding;
  }

  @Override
  public void onRstStreamRead(ChannelHandlerContext ctx, int streamId, long errorCode) {
    StreamExchange exchange = handler.exchange(streamId);
    if (exchange != null) {
      handler.release(streamId);
      exchange.reset(errorCode);
    }
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings)
      throws Http2Exception {
    countControlFrame("SETTINGS");
    handler.settingsReceived();
  }

  @Override
  public void onPingRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
    countControlFrame("PING");
  }

  @Override
  public void onPingAckRead(ChannelHandlerContext ctx, long data) {
    handler.pingAcknowledged();
  }

  @Override
  public void onPriorityRead(
      ChannelHandlerContext ctx, int streamId, int dependency, short weight, boolean exclusive)
      throws Http2Exception {
    countControlFrame("PRIORITY");
  }

  @Override
  public void onUnknownFrame(
      ChannelHandlerContext ctx, byte type, int streamId, Http2Flags flags, ByteBuf payload) {
    controlFrames++;
  }

  private void countControlFrame(String what) throws Http2Exception {
    long now = System.nanoTime();
    if (now - windowStart > WINDOW_NANOS) {
      windowStart = now;
      controlFrames = 0;
    }
    controlFrames++;
    if (controlFrames > CONTROL_FRAMES) {
      throw Http2Exception.connectionError(
          Http2Error.ENHANCE_YOUR_CALM, "too many %s frames", what);
    }
  }

  @Override
  public void writabilityChanged(Http2Stream stream) {
    StreamExchange exchange = handler.exchange(stream.id());
    if (exchange != null && handler.writable(stream)) {
      exchange.becameWritable();
    }
  }

  @Override
  public void onGoAwayReceived(int lastStreamId, long errorCode, ByteBuf debugData) {
    handler.goneAway(lastStreamId, errorCode);
  }

  @Override
  public void onStreamClosed(Http2Stream stream) {
    handler.streamClosed(stream);
  }

  @Override
  public void onStreamAdded(Http2Stream stream) {}

  @Override
  public void onStreamActive(Http2Stream stream) {}

  @Override
  public void onStreamHalfClosed(Http2Stream stream) {}

  @Override
  public void onStreamRemoved(Http2Stream stream) {}

  @Override
  public void onGoAwaySent(int lastStreamId, long errorCode, ByteBuf debugData) {}
}
