package dev.sallyport.proxy.streams;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * What has come in one direction and could not be read yet. Keeps that alone: not what has been
 * read before it, however long a session goes on whose pieces never end with its frames. One
 * thread.
 */
public final class UnreadBytes {

  private final ByteBufAllocator buffers;
  private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

  public UnreadBytes(ByteBufAllocator buffers) {
    this.buffers = buffers;
  }

  /** Puts more behind, whose ownership it takes; answers all there is, which stays its own. */
  public ByteBuf add(ByteBuf more) {
    bytes = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(buffers, bytes, more);
    return bytes;
  }

  /**
   * All that can be read has been.
   *
   * @param over whether nobody will read the rest
   */
  public void settle(boolean over) {
    if (over || !bytes.isReadable()) {
      release();
    } else if (bytes.readerIndex() > 0) {
      ByteBuf left = buffers.buffer(bytes.readableBytes()).writeBytes(bytes);
      release();
      bytes = left;
    }
  }

  /** Gives everything back. */
  public void release() {
    bytes.release();
    bytes = Unpooled.EMPTY_BUFFER;
  }
}
