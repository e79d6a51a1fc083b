package dev.sallyport.proxy.http2;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of a body that nobody takes yet, at most a stream's window. Small ones are copied
 * together, so that a window full of them costs no more memory than one of large ones.
 */
final class HeldPieces {

  private static final int SMALL = 1 << 10;
  private static final int GATHERED = 8 << 10;

  private final ArrayDeque<ByteBuf> pieces = new ArrayDeque<>(0);
  private @Nullable ByteBuf gathering;

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  /** Takes the piece's ownership. */
  void add(ByteBuf piece) {
    if (pieces.isEmpty() || piece.readableBytes() > SMALL) {
      gathering = null;
      pieces.add(piece);
      return;
    }
    ByteBuf last = gathering;
    if (last == null || last.writableBytes() < piece.readableBytes()) {
      last = piece.alloc().directBuffer(GATHERED, GATHERED);
      gathering = last;
      pieces.add(last);
    }
    last.writeBytes(piece);
    piece.release();
  }

  /** The next piece, the caller's from now on, or null. */
  @Nullable ByteBuf poll() {
    ByteBuf next = pieces.poll();
    if (next == gathering) {
      gathering = null;
    }
    return next;
  }

  void release() {
    for (ByteBuf piece = poll(); piece != null; piece = poll()) {
      piece.release();
    }
  }
}
