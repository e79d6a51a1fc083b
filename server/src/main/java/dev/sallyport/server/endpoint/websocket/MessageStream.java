package dev.sallyport.server.endpoint.websocket;

import dev.sallyport.proxy.streams.websocket.WebSocketWriter;
import dev.sallyport.server.http.ResponseStream;
import dev.sallyport.server.http.Tunnel;
import dev.sallyport.server.netty.Buffers;
import dev.sallyport.server.netty.exchange.Callbacks;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Every write is one message; the end is a close frame. On the event loop. */
final class MessageStream implements ResponseStream {

  static final int NORMAL = 1000;
  static final int PROTOCOL_ERROR = 1002;

  private static final int LENGTH_PREFIX = 4;
  private static final WebSocketWriter FRAMES = new WebSocketWriter(Buffers.POOL, false);

  private final Tunnel tunnel;
  private final boolean text;
  private final Callbacks callbacks = new Callbacks();
  private boolean over;

  MessageStream(Tunnel tunnel, boolean text) {
    this.tunnel = tunnel;
    this.text = text;
    tunnel.onWritable(callbacks::writable);
    tunnel.onClosed(this::lost);
  }

  @Override
  public Executor loop() {
    return tunnel.loop();
  }

  @Override
  public boolean writable() {
    return !over && tunnel.writable();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    write(Unpooled.wrappedBuffer(bytes, offset, length));
  }

  @Override
  public void write(ByteBuf piece) {
    if (over) {
      piece.release();
    } else {
      tunnel.write(text ? FRAMES.text(piece) : FRAMES.binary(piece.skipBytes(LENGTH_PREFIX)));
    }
  }

  @Override
  public void flush() {
    tunnel.flush();
  }

  /**
   * Answers a ping, unless the client takes nothing anyway.
   *
   * @param payload stays the caller's
   */
  void pong(ByteBuf payload) {
    if (writable()) {
      tunnel.write(FRAMES.pong(payload));
      tunnel.flush();
    }
  }

  @Override
  public void end() {
    close(NORMAL);
  }

  /** Says goodbye, and why; nothing more is said. */
  void close(int code) {
    if (!over) {
      over = true;
      tunnel.write(FRAMES.close(code));
      tunnel.end();
      callbacks.closed();
    }
  }

  @Override
  public void abort(@Nullable Throwable cause) {
    tunnel.abort(cause);
  }

  private void lost() {
    over = true;
    callbacks.closed();
  }

  @Override
  public void onWritable(Runnable action) {
    callbacks.onWritable(action);
  }

  @Override
  public void onClosed(Runnable action) {
    callbacks.onClosed(action);
  }
}
