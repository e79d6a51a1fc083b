package dev.sallyport.server.netty.http2;

import dev.sallyport.server.http.ResponseStream;
import dev.sallyport.server.netty.exchange.Callbacks;
import dev.sallyport.server.netty.exchange.Trailers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A response body as DATA frames, within the client's window. */
final class Http2ResponseStream implements ResponseStream {

  private final Http2Handler connection;
  private final Http2Exchange exchange;
  private final Http2Stream stream;
  private final Callbacks callbacks = new Callbacks();
  private final long length;
  private final boolean silent;
  private ChannelFuture lastWrite;
  private long written;
  private boolean over;

  /**
   * @param length declared bytes, or -1
   * @param silent whether the head ended the stream: HEAD, 204, 304, a body of no bytes
   */
  Http2ResponseStream(
      Http2Handler connection,
      Http2Exchange exchange,
      Http2Stream stream,
      long length,
      boolean silent,
      ChannelFuture headWritten) {
    this.connection = connection;
    this.exchange = exchange;
    this.stream = stream;
    this.length = length;
    this.silent = silent;
    this.lastWrite = headWritten;
  }

  @Override
  public Executor loop() {
    return connection.peerConnection().loop();
  }

  @Override
  public boolean writable() {
    return !over
        && (silent || connection.connection().remote().flowController().isWritable(stream));
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    write(Unpooled.wrappedBuffer(bytes, offset, count));
  }

  @Override
  public void write(ByteBuf piece) {
    int count = piece.readableBytes();
    if (over || silent || count == 0) {
      piece.release();
      return;
    }
    written += count;
    if (length >= 0 && written > length) {
      piece.release();
      abort(new IllegalStateException("the body is longer than declared"));
      return;
    }
    data(piece, false);
  }

  private void data(ByteBuf piece, boolean endOfStream) {
    ChannelHandlerContext ctx = connection.context();
    lastWrite =
        connection.encoder().writeData(ctx, stream.id(), piece, 0, endOfStream, ctx.newPromise());
  }

  @Override
  public void flush() {
    if (!over) {
      connection.flushSoon();
    }
  }

  @Override
  public void end() {
    end(List.of());
  }

  @Override
  public void end(List<String> trailers) {
    if (over) {
      return;
    }
    if (length >= 0 && written != length && !silent) {
      abort(new IllegalStateException("the body is shorter than declared"));
      return;
    }
    over = true;
    if (!silent) {
      finish(Trailers.passed(trailers));
    }
    callbacks.closed();
    exchange.responseEnded(lastWrite);
  }

  private void finish(List<String> trailers) {
    if (trailers.isEmpty()) {
      data(Unpooled.EMPTY_BUFFER, true);
    } else {
      ChannelHandlerContext ctx = connection.context();
      lastWrite =
          connection
              .encoder()
              .writeHeaders(
                  ctx, stream.id(), ResponseFields.trailers(trailers), 0, true, ctx.newPromise());
    }
  }

  @Override
  public void abort(@Nullable Throwable cause) {
    if (!over) {
      over = true;
      exchange.responseBroken();
      callbacks.closed();
    }
  }

  @Override
  public void onWritable(Runnable action) {
    callbacks.onWritable(action);
  }

  @Override
  public void onClosed(Runnable action) {
    callbacks.onClosed(action);
  }

  void writabilityChanged() {
    if (writable()) {
      callbacks.writable();
    }
  }

  void lost() {
    over = true;
    callbacks.closed();
  }
}
