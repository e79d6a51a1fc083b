package dev.sallyport.server.netty.http1;

import dev.sallyport.server.http.ResponseStream;
import dev.sallyport.server.netty.exchange.Callbacks;
import dev.sallyport.server.netty.exchange.Trailers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A response body of known length, in chunks, or up to the connection's end. */
final class Http1ResponseStream implements ResponseStream {

  private static final int COPIED = 8 << 10;
  private static final int CHUNK_OVERHEAD = 12;
  private static final ByteBuf LINE_END = constant("\r\n");
  private static final ByteBuf LAST_CHUNK = constant("0\r\n\r\n");
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final Http1Handler connection;
  private final Http1Exchange exchange;
  private final Callbacks callbacks = new Callbacks();
  private final long length;
  private final boolean chunked;
  private final boolean silent;
  private @Nullable ByteBuf unsentHead;
  private long written;
  private boolean over;

  /**
   * @param length declared bytes, or -1
   * @param silent whether the body is left out: HEAD, 204, 304
   */
  Http1ResponseStream(
      Http1Handler connection,
      Http1Exchange exchange,
      long length,
      boolean chunked,
      boolean silent) {
    this.connection = connection;
    this.exchange = exchange;
    this.length = length;
    this.chunked = chunked;
    this.silent = silent;
  }

  private static ByteBuf constant(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return Unpooled.unreleasableBuffer(
        Unpooled.directBuffer(bytes.length).writeBytes(bytes).asReadOnly());
  }

  /** Takes the response's head; before a small body of known length it waits for that. */
  void head(HeadWriter out) {
    boolean waits = length > 0 && length <= COPIED && !silent;
    unsentHead =
        out.finish(connection.context().alloc(), Http1Handler.noBody(), waits ? (int) length : 0);
    if (!waits) {
      sendHead();
    }
  }

  void sendHead() {
    ByteBuf head = unsentHead;
    if (head != null) {
      unsentHead = null;
      var unused = connection.context().write(head);
    }
  }

  private void dropHead() {
    ByteBuf head = unsentHead;
    if (head != null) {
      unsentHead = null;
      head.release();
    }
  }

  @Override
  public Executor loop() {
    return connection.connection().loop();
  }

  @Override
  public boolean writable() {
    return !over && connection.channel().isWritable();
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    if (count == 0 || !admit(count)) {
      return;
    }
    ByteBuf head = unsentHead;
    if (head != null) {
      head.writeBytes(bytes, offset, count);
      return;
    }
    ChannelHandlerContext ctx = connection.context();
    if (count > COPIED) {
      framed(Unpooled.wrappedBuffer(bytes, offset, count), count);
      return;
    }
    ByteBuf out = ctx.alloc().directBuffer(count + CHUNK_OVERHEAD);
    if (chunked) {
      size(out, count);
      out.writeBytes(bytes, offset, count);
      ByteBufUtil.writeShortBE(out, 0x0d0a);
    } else {
      out.writeBytes(bytes, offset, count);
    }
    var unused = ctx.write(out);
  }

  @Override
  public void write(ByteBuf piece) {
    int count = piece.readableBytes();
    if (count == 0 || !admit(count)) {
      piece.release();
      return;
    }
    ByteBuf head = unsentHead;
    if (head != null) {
      head.writeBytes(piece);
      piece.release();
    } else {
      framed(piece, count);
    }
  }

  private void framed(ByteBuf piece, int count) {
    ChannelHandlerContext ctx = connection.context();
    if (chunked) {
      ByteBuf head = ctx.alloc().directBuffer(CHUNK_OVERHEAD);
      size(head, count);
      var sizeWritten = ctx.write(head);
      var dataWritten = ctx.write(piece);
      var endWritten = ctx.write(LINE_END.duplicate());
    } else {
      var unused = ctx.write(piece);
    }
  }

  /** Whether so many bytes may be written; more than was declared breaks the transfer off. */
  private boolean admit(int count) {
    if (over) {
      return false;
    }
    written += count;
    if (length >= 0 && written > length) {
      abort(new IllegalStateException("the body is longer than declared"));
      return false;
    }
    return !silent;
  }

  private static void size(ByteBuf out, int count) {
    int digits = Math.max(1, (35 - Integer.numberOfLeadingZeros(count)) / 4);
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out.writeByte(HEX[count >> shift & 15]);
    }
    ByteBufUtil.writeShortBE(out, 0x0d0a);
  }

  @Override
  public void flush() {
    if (!over) {
      sendHead();
      connection.flush();
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
    sendHead();
    if (chunked && !silent) {
      var unused = connection.context().write(lastChunk(Trailers.passed(trailers)));
    }
    callbacks.closed();
    exchange.responseEnded();
  }

  private ByteBuf lastChunk(List<String> trailers) {
    return trailers.isEmpty()
        ? LAST_CHUNK.duplicate()
        : HeadWriter.get()
            .lastChunk(trailers)
            .finish(connection.context().alloc(), Http1Handler.noBody(), 0);
  }

  @Override
  public void abort(@Nullable Throwable cause) {
    if (!over) {
      over = true;
      dropHead();
      exchange.responseBroken(cause);
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

  void becameWritable() {
    if (!over) {
      callbacks.writable();
    }
  }

  void lost() {
    over = true;
    dropHead();
    callbacks.closed();
  }
}
