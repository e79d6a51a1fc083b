package dev.sallyport.server.netty.exchange;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.server.http.RequestBody;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request's body between the network, which offers pieces, and its reader, who asks for them.
 * State belongs to the event loop; a reader elsewhere is brought there.
 */
public final class InboundBody implements RequestBody, RequestBody.Flow {

  /** Where pieces come from. Called on the event loop. */
  public interface Source {
    /** A piece is wanted and none is queued; may offer at once. */
    void wanted();

    /** So many bytes have left for the reader. */
    void taken(int bytes);
  }

  private static final byte[] NOTHING = new byte[0];

  private final EventLoop loop;
  private final Source source;
  private final long declared;
  private final ArrayDeque<ByteBuf> queue = new ArrayDeque<>(0);
  private @Nullable Sink sink;
  private @Nullable Throwable failure;
  private List<String> trailers = List.of();
  private int demand;
  private boolean complete;
  private boolean over;
  private boolean running;
  private boolean whole;
  private long startedAt;
  private long progressAt;

  /**
   * @param declared bytes, or -1 when unknown
   */
  public InboundBody(EventLoop loop, Source source, long declared) {
    this.loop = loop;
    this.source = source;
    this.declared = declared;
    this.complete = declared == 0;
  }

  @Override
  public long declaredLength() {
    return declared;
  }

  @Override
  public Answer<byte[]> read(int limit) {
    if (declared == 0) {
      return Answer.now(NOTHING);
    }
    if (declared > limit) {
      return Answer.failed(tooLarge(limit));
    }
    WholeBody reader = new WholeBody(limit, declared);
    if (loop.inEventLoop()) {
      whole = true;
      stream(reader);
    } else {
      loop.execute(
          () -> {
            whole = true;
            stream(reader);
          });
    }
    return reader.answer();
  }

  static StatusException tooLarge(int limit) {
    return new StatusException(
        new Status(
            413,
            Reason.REQUEST_ENTITY_TOO_LARGE,
            "Request entity too large: limit is " + limit,
            null));
  }

  @Override
  public void stream(Sink reader) {
    if (!loop.inEventLoop()) {
      loop.execute(() -> stream(reader));
      return;
    }
    if (sink != null || over) {
      reader.failed(sink == null ? closed() : new IllegalStateException("the body has been read"));
      return;
    }
    sink = reader;
    startedAt = System.nanoTime();
    progressAt = startedAt;
    reader.started(this);
    pump();
  }

  @Override
  public void request() {
    if (loop.inEventLoop()) {
      demand++;
      pump();
    } else {
      loop.execute(this::request);
    }
  }

  @Override
  public void cancel(@Nullable Throwable cause) {
    if (loop.inEventLoop()) {
      discard();
    } else {
      loop.execute(this::discard);
    }
  }

  /** A piece from the network; takes its ownership. */
  public void offer(ByteBuf piece) {
    if (over) {
      int bytes = piece.readableBytes();
      piece.release();
      source.taken(bytes);
      return;
    }
    progressAt = System.nanoTime();
    queue.add(piece);
    pump();
  }

  /** All pieces have been offered. */
  public void finish() {
    finish(List.of());
  }

  /**
   * All pieces have been offered and fields came behind them.
   *
   * @param fields names and values side by side; those that must not stand there are dropped
   */
  public void finish(List<String> fields) {
    trailers = Trailers.passed(fields);
    complete = true;
    pump();
  }

  /** The body will not become whole. */
  public void fail(Throwable cause) {
    if (!complete && failure == null) {
      failure = cause;
      pump();
    }
  }

  /** Nobody reads on: what is queued and what still comes is thrown away. */
  public void discard() {
    over = true;
    releaseQueue();
  }

  /** Ends a body whose reader waits too long. */
  public void expire(long now, long timeoutNanos) {
    Sink reader = sink;
    boolean patient = reader != null && reader.patient();
    if (!patient && waiting() && now - (whole ? startedAt : progressAt) > timeoutNanos) {
      fail(
          StatusResponse.refusal(
              504, Reason.TIMEOUT, "Timeout: the request's body did not arrive in time"));
    }
  }

  /** Whether the network has given all of it. */
  public boolean complete() {
    return complete;
  }

  /** Whether a reader wants more than there is. */
  public boolean waiting() {
    return sink != null && !over && demand > 0 && queue.isEmpty() && !complete;
  }

  /** Whether what still comes is to be thrown away. */
  public boolean discarding() {
    return over;
  }

  private void pump() {
    Sink reader = sink;
    if (running || reader == null) {
      return;
    }
    running = true;
    try {
      while (!over && step(reader)) {}
    } catch (RuntimeException | Error broken) {
      discard();
      reader.failed(broken);
    } finally {
      running = false;
    }
  }

  /** Does one thing; false when there is nothing to do. */
  private boolean step(Sink reader) {
    if (failure != null) {
      discard();
      reader.failed(failure);
      return false;
    }
    if (!queue.isEmpty()) {
      return demand > 0 && deliver(reader);
    }
    if (complete) {
      over = true;
      if (trailers.isEmpty()) {
        reader.ended();
      } else {
        reader.ended(trailers);
      }
      return false;
    }
    if (demand == 0) {
      return false;
    }
    source.wanted();
    return !queue.isEmpty() || complete || failure != null;
  }

  private boolean deliver(Sink reader) {
    demand--;
    ByteBuf piece = queue.remove();
    int bytes = piece.readableBytes();
    reader.data(piece);
    source.taken(bytes);
    return true;
  }

  private void releaseQueue() {
    for (ByteBuf piece = queue.poll(); piece != null; piece = queue.poll()) {
      int bytes = piece.readableBytes();
      piece.release();
      source.taken(bytes);
    }
  }

  private static ClosedChannelException closed() {
    return new ClosedChannelException();
  }
}
