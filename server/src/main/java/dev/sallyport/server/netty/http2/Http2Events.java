package dev.sallyport.server.netty.http2;

import dev.sallyport.server.netty.exchange.LastCredential;
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

/** What comes in on a connection, brought to the exchange that it belongs to. */
final class Http2Events extends Http2FrameAdapter
    implements Http2Connection.Listener, Http2RemoteFlowController.Listener {

  /** Frames that ask for nothing a client needs often: so many in so long a time are a flood. */
  private static final int CONTROL_FRAMES = 2000;

  private static final long WINDOW_NANOS = 10_000_000_000L;

  private final LastCredential lastCredential = new LastCredential();
  private int controlFrames;
  private long windowStart = System.nanoTime();

  @SuppressWarnings("NullAway.Init") // bound before the first event
  private Http2Handler handler;

  void bind(Http2Handler to) {
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
    Http2Stream stream = handler.connection().stream(streamId);
    Http2Exchange running = stream == null ? null : handler.exchange(stream);
    if (running != null) {
      running.bodyEnded(streamId, RequestFields.trailers(streamId, headers));
    } else if (stream != null) {
      handler.begin(stream, RequestFields.of(streamId, headers, lastCredential), endOfStream);
    }
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream)
      throws Http2Exception {
    Http2Stream stream = handler.connection().stream(streamId);
    Http2Exchange exchange = stream == null ? null : handler.exchange(stream);
    if (exchange == null) {
      return data.readableBytes() + padding;
    }
    exchange.data(streamId, data);
    if (endOfStream) {
      exchange.bodyEnded(streamId, List.of());
    }
    return padding;
  }

  @Override
  public void onPriorityRead(
      ChannelHandlerContext ctx, int streamId, int dependency, short weight, boolean exclusive)
      throws Http2Exception {
    countControlFrame("PRIORITY");
    if (dependency == streamId) {
      throw Http2Exception.streamError(
          streamId, Http2Error.PROTOCOL_ERROR, "a stream depends on itself");
    }
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings)
      throws Http2Exception {
    countControlFrame("SETTINGS");
  }

  @Override
  public void onPingRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
    countControlFrame("PING");
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
      handler.calm(what);
    }
  }

  @Override
  public void writabilityChanged(Http2Stream stream) {
    Http2Exchange exchange = handler.exchange(stream);
    if (exchange != null) {
      exchange.writabilityChanged();
    }
  }

  @Override
  public void onStreamClosed(Http2Stream stream) {
    handler.streamClosed(stream);
  }

  @Override
  public void onStreamAdded(Http2Stream stream) {
    handler.opened(stream.id());
  }

  @Override
  public void onStreamActive(Http2Stream stream) {}

  @Override
  public void onStreamHalfClosed(Http2Stream stream) {}

  @Override
  public void onStreamRemoved(Http2Stream stream) {}

  @Override
  public void onGoAwaySent(int lastStreamId, long errorCode, ByteBuf debugData) {}

  @Override
  public void onGoAwayReceived(int lastStreamId, long errorCode, ByteBuf debugData) {}
}
