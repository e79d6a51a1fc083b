package dev.sallyport.server.response;

import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseStream;
import dev.sallyport.server.netty.Buffers;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a body no faster than the client takes it, and holds one piece of it at a time. Pieces
 * that cost no more than a copy are made on the event loop, others by workers.
 */
public final class PieceBody implements Response.StreamWriter {

  private static final Logger log = LoggerFactory.getLogger(PieceBody.class);

  private static final int PIECE = 32 << 10;

  private final Pieces pieces;
  private final @Nullable Executor workers;

  // Owned by the event loop.
  private boolean making;
  private boolean over;

  /**
   * @param pieces closed when the body is over, however it ends
   * @param workers who makes the pieces; null for the event loop
   */
  public PieceBody(Pieces pieces, @Nullable Executor workers) {
    this.pieces = pieces;
    this.workers = workers;
  }

  @Override
  public void start(ResponseStream stream) {
    stream.onWritable(() -> pump(stream));
    stream.onClosed(this::finish);
    pump(stream);
  }

  @Override
  public void abandoned() {
    pieces.close();
  }

  private void pump(ResponseStream stream) {
    while (!making && !over) {
      if (!stream.writable()) {
        stream.flush();
        return;
      }
      making = true;
      if (workers != null) {
        hand(stream, workers);
        return;
      }
      make(stream);
    }
  }

  private void make(ResponseStream stream) {
    ByteBuf piece = Buffers.POOL.directBuffer(PIECE, Integer.MAX_VALUE);
    boolean more;
    try {
      more = pieces.fill(piece);
    } catch (RuntimeException failure) {
      piece.release();
      fail(stream, failure);
      return;
    }
    deliver(stream, piece, more);
  }

  private void hand(ResponseStream stream, Executor to) {
    try {
      to.execute(() -> makeElsewhere(stream));
    } catch (RejectedExecutionException full) {
      fail(stream, full);
    }
  }

  private void makeElsewhere(ResponseStream stream) {
    ByteBuf piece = Buffers.POOL.directBuffer(PIECE, Integer.MAX_VALUE);
    Runnable next;
    try {
      boolean more = pieces.fill(piece);
      next =
          () -> {
            deliver(stream, piece, more);
            pump(stream);
          };
    } catch (RuntimeException failure) {
      next =
          () -> {
            piece.release();
            fail(stream, failure);
          };
    }
    try {
      stream.loop().execute(next);
    } catch (RejectedExecutionException stopped) {
      piece.release();
      pieces.close();
    }
  }

  private void deliver(ResponseStream stream, ByteBuf piece, boolean more) {
    making = false;
    if (over) {
      piece.release();
      pieces.close();
      return;
    }
    stream.write(piece);
    if (!more) {
      stream.end();
    }
  }

  private void fail(ResponseStream stream, RuntimeException failure) {
    making = false;
    log.error("an answer could not be finished", failure);
    if (over) {
      pieces.close();
    } else {
      stream.abort(failure);
    }
  }

  private void finish() {
    over = true;
    if (!making) {
      pieces.close();
    }
  }
}
