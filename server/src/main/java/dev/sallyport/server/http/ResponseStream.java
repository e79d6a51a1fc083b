package dev.sallyport.server.http;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The body of a {@link Response.Streamed}. All methods belong to the {@linkplain #loop event loop}.
 * Nothing is buffered without bound: a writer stops while {@link #writable} is false and goes on at
 * {@link #onWritable}.
 */
public interface ResponseStream {

  /** The connection's event loop. */
  Executor loop();

  boolean writable();

  /** Queues shared bytes, which never change afterwards. */
  void write(byte[] bytes, int offset, int length);

  /** Queues a buffer and takes its ownership. */
  void write(ByteBuf piece);

  void flush();

  /** Ends the body cleanly. */
  void end();

  /**
   * Ends the body cleanly with fields behind it. They are dropped where the protocol has no place
   * for them (HTTP/1.1 with a declared length, a body that is left out); so are those that must not
   * stand there.
   *
   * @param trailers names in lower case and values, side by side
   */
  default void end(List<String> trailers) {
    end();
  }

  /** Breaks the transfer off so that the client sees it (reset, or no last chunk). */
  void abort(@Nullable Throwable cause);

  /** Called whenever the stream becomes writable again. */
  void onWritable(Runnable action);

  /** Called once when the stream is over for whatever reason: ended, aborted, client gone. */
  void onClosed(Runnable action);
}
