package dev.sallyport.proxy.http2;

import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;

/** Sets every limit of Netty's codec: a backend may be hostile too. */
final class ConnectionHandlerBuilder
    extends AbstractHttp2ConnectionHandlerBuilder<ConnectionHandler, ConnectionHandlerBuilder> {

  /** Bytes of one response that a slow client can keep in memory. */
  private static final int STREAM_WINDOW = 128 << 10;

  private static final int HEADER_BYTES = 256 << 10;
  private static final int RESETS = 1000;
  private static final int RESET_SECONDS = 30;
  private static final int QUEUED_CONTROL_FRAMES = 1000;
  private static final int EMPTY_DATA_FRAMES = 100;
  private static final int SMALL_CONTINUATIONS = 64;

  private final LoopConnections owner;
  private final ConnectionEvents events = new ConnectionEvents();

  ConnectionHandlerBuilder(LoopConnections owner) {
    this.owner = owner;
    server(false);
    frameListener(events);
    initialSettings(
        new Http2Settings()
            .pushEnabled(false)
            .initialWindowSize(STREAM_WINDOW)
            .maxHeaderListSize(HEADER_BYTES));
    validateHeaders(true);
    headerSensitivityDetector(new NeverIndexed());
    encoderIgnoreMaxHeaderListSize(true); // it is the backend that answers 431
    encoderEnforceMaxQueuedControlFrames(QUEUED_CONTROL_FRAMES);
    encoderEnforceMaxRstFramesPerWindow(0, RESET_SECONDS); // clients that leave are no flood
    decoderEnforceMaxRstFramesPerWindow(RESETS, RESET_SECONDS);
    decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_DATA_FRAMES);
    decoderEnforceMaxSmallContinuationFrames(SMALL_CONTINUATIONS);
    gracefulShutdownTimeoutMillis(-1); // a watch may last
  }

  @Override
  protected ConnectionHandler build() {
    return super.build();
  }

  @Override
  protected ConnectionHandler build(
      Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings)
      throws Http2Exception {
    ConnectionHandler built = new ConnectionHandler(decoder, encoder, settings, owner);
    events.bind(built);
    // In force at once, not only when the backend has acknowledged the settings.
    decoder.connection().local().allowPushTo(false);
    decoder.connection().addListener(events);
    encoder.flowController().listener(events);
    return built;
  }
}
