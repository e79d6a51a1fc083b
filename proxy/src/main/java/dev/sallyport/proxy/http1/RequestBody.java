package dev.sallyport.proxy.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends a request's body, with its length told before it or in chunks. */
final class RequestBody {

  private static final ByteBuf LINE_END =
      Unpooled.unreleasableBuffer(
          Unpooled.directBuffer(2)
              .writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII))
              .asReadOnly());

  private final UpstreamConnection to;
  private final boolean chunked;
  private long remaining;
  private boolean ended;

  private RequestBody(UpstreamConnection to, long length) {
    this.to = to;
    this.chunked = length < 0;
    this.remaining = length;
    this.ended = length == 0;
  }

  static RequestBody of(long length, UpstreamConnection to) {
    return new RequestBody(to, length);
  }

  boolean ended() {
    return ended;
  }

  /** Takes a piece's ownership; false when it is more than was declared. */
  boolean write(ByteBuf piece) {
    int bytes = piece.readableBytes();
    if (ended || !chunked && bytes > remaining) {
      piece.release();
      return false;
    }
    if (chunked && bytes > 0) {
      to.write(RequestWriter.get().chunkSize(bytes).asIs(buffers()));
      to.write(piece);
      to.write(LINE_END.duplicate());
    } else {
      remaining -= bytes;
      to.write(piece);
    }
    return true;
  }

  /** False when it is less than was declared. */
  boolean end(List<String> trailers) {
    ended = true;
    if (chunked) {
      to.write(RequestWriter.get().lastChunk(trailers).finish(buffers()));
    }
    return chunked || remaining == 0;
  }

  private ByteBufAllocator buffers() {
    return to.channel().alloc();
  }
}
