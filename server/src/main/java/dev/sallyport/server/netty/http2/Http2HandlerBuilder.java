package dev.sallyport.server.netty.http2;

import dev.sallyport.authn.PeerCertificates;
import dev.sallyport.server.http.HttpHandler;
import dev.sallyport.server.netty.exchange.Connections;
import dev.sallyport.server.netty.exchange.HttpLimits;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Settings;

/** Sets every limit of Netty's codec; its defaults suit other servers. */
final class Http2HandlerBuilder
    extends AbstractHttp2ConnectionHandlerBuilder<Http2Handler, Http2HandlerBuilder> {

  /** Unread bytes of one stream and of one connection. */
  static final int STREAM_WINDOW = 256 << 10;

  static final int CONNECTION_WINDOW = 1 << 20;

  private static final int RESETS = 200;
  private static final int RESET_SECONDS = 30;
  private static final int QUEUED_CONTROL_FRAMES = 1000;
  private static final int EMPTY_DATA_FRAMES = 10;
  private static final int SMALL_CONTINUATIONS = 64;

  private final HttpHandler handler;
  private final HttpLimits limits;
  private final Connections connections;
  private final PeerCertificates peer;
  private final Http2Events events = new Http2Events();

  Http2HandlerBuilder(
      HttpHandler handler, HttpLimits limits, Connections connections, PeerCertificates peer) {
    this.handler = handler;
    this.limits = limits;
    this.connections = connections;
    this.peer = peer;
    server(true);
    frameListener(events);
    initialSettings(
        new Http2Settings()
            .maxConcurrentStreams(limits.maxStreams())
            .initialWindowSize(STREAM_WINDOW)
            .maxHeaderListSize(limits.headerBytes()));
    validateHeaders(true);
    validateRequiredPseudoHeaders(true);
    headerSensitivityDetector(new NeverIndexed());
    encoderIgnoreMaxHeaderListSize(false);
    encoderEnforceMaxQueuedControlFrames(QUEUED_CONTROL_FRAMES);
    encoderEnforceMaxRstFramesPerWindow(RESETS, RESET_SECONDS);
    decoderEnforceMaxRstFramesPerWindow(RESETS, RESET_SECONDS);
    decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_DATA_FRAMES);
    decoderEnforceMaxSmallContinuationFrames(SMALL_CONTINUATIONS);
    gracefulShutdownTimeoutMillis(-1); // the listener's grace ends what lasts too long
  }

  @Override
  protected Http2Handler build() {
    return super.build();
  }

  @Override
  protected Http2Handler build(
      Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
    Http2Handler built =
        new Http2Handler(decoder, encoder, settings, handler, limits, connections, peer);
    events.bind(built);
    // In force at once, not only when the client has acknowledged the settings.
    decoder.connection().remote().maxActiveStreams(limits.maxStreams());
    decoder.connection().addListener(events);
    encoder.flowController().listener(events);
    return built;
  }
}
