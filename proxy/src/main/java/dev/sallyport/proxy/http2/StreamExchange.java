package dev.sallyport.proxy.http2;

import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamException.Kind;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request to the backend and its response: first it waits for a stream, then it has one. */
final class StreamExchange implements UpstreamExchange {

  private static final int MOST_INTERIM_RESPONSES = 100;

  private final LoopConnections connections;
  private final UpstreamRequest request;
  private final RequestBlock block;
  private final UpstreamReceiver receiver;
  private final HeldPieces unsent = new HeldPieces();
  private final HeldPieces undelivered = new HeldPieces();
  private final long waitingSince = System.nanoTime();
  private @Nullable ConnectionHandler connection;
  private @Nullable Http2Stream stream;
  private @Nullable List<String> requestTrailers;
  private @Nullable List<String> responseTrailers;
  private boolean bodySent;
  private boolean requestEnded;
  private boolean headReceived;
  private boolean paused;
  private boolean delivering;
  private boolean fed;
  private boolean retried;
  private boolean over;
  private int interimResponses;
  private long expected = -1;
  private long received;

  StreamExchange(
      LoopConnections connections,
      UpstreamRequest request,
      RequestBlock block,
      UpstreamReceiver receiver) {
    this.connections = connections;
    this.request = request;
    this.block = block;
    this.receiver = receiver;
  }

  RequestBlock block() {
    return block;
  }

  boolean bodiless() {
    return request.bodyLength() == 0;
  }

  boolean over() {
    return over;
  }

  long waitingSince() {
    return waitingSince;
  }

  /** The request's head has been sent on a stream of its own. */
  void opened(ConnectionHandler on, Http2Stream opened) {
    connection = on;
    stream = opened;
    requestEnded = bodiless();
    receiver.ready();
    if (over || !retried) {
      return;
    }
    for (ByteBuf piece = unsent.poll(); piece != null; piece = unsent.poll()) {
      write(piece);
    }
    List<String> trailers = requestTrailers;
    if (trailers != null) {
      end(trailers);
    } else {
      receiver.writable();
    }
  }

  // The request's body

  @Override
  public boolean writable() {
    ConnectionHandler to = connection;
    Http2Stream on = stream;
    return to != null && on != null && !over && to.writable(on);
  }

  @Override
  public void write(ByteBuf piece) {
    ConnectionHandler to = connection;
    Http2Stream on = stream;
    if (over || requestEnded) {
      piece.release();
    } else if (to == null || on == null) {
      unsent.add(piece); // asked for before the stream was refused
    } else {
      bodySent = true;
      to.write(on, piece, false);
    }
  }

  @Override
  public void end() {
    end(List.of());
  }

  @Override
  public void end(List<String> trailers) {
    ConnectionHandler to = connection;
    Http2Stream on = stream;
    if (over || requestEnded) {
      return;
    }
    if (to == null || on == null) {
      requestTrailers = trailers;
      return;
    }
    requestEnded = true;
    bodySent = true;
    if (trailers.isEmpty()) {
      to.write(on, Unpooled.EMPTY_BUFFER, true);
    } else {
      to.writeTrailers(on, RequestBlock.trailers(trailers));
    }
  }

  void becameWritable() {
    if (!requestEnded && !over) {
      receiver.writable();
    }
  }

  // The response

  /** A block of header fields: interim, the head, or trailers. */
  void headers(Http2Headers fields, boolean endOfStream) throws Http2Exception {
    if (headReceived) {
      remoteEnded(ResponseBlock.trailers(streamId(), fields));
      return;
    }
    ResponseBlock head = ResponseBlock.head(streamId(), fields);
    if (head.interim()) {
      interimResponses++;
      if (endOfStream || interimResponses > MOST_INTERIM_RESPONSES) {
        throw malformed("an interim response that is none");
      }
      return;
    }
    boolean bodyless = request.method().equals("HEAD") || head.status() == 304;
    long length = endOfStream && !bodyless ? 0 : head.contentLength();
    expected = bodyless || head.status() == 204 ? 0 : head.contentLength();
    if (endOfStream && expected > 0) {
      throw malformed("the body is not as long as declared");
    }
    headReceived = true;
    fed = true;
    receiver.head(new UpstreamHead(head.status(), head.lines(), length));
    if (endOfStream) {
      remoteEnded(List.of());
    }
  }

  /** A piece of the body, which stays the caller's. */
  void data(ByteBuf piece) throws Http2Exception {
    received += piece.readableBytes();
    if (!headReceived || expected >= 0 && received > expected) {
      throw malformed("the body is longer than declared");
    }
    if (over || !piece.isReadable()) {
      consumed(piece.readableBytes());
      return;
    }
    undelivered.add(piece.retain());
    deliver();
  }

  /** The backend has said all. */
  void remoteEnded(List<String> trailers) throws Http2Exception {
    if (expected >= 0 && received != expected) {
      throw malformed("the body is not as long as declared");
    }
    responseTrailers = trailers;
    deliver();
  }

  private void deliver() {
    if (delivering) {
      return;
    }
    delivering = true;
    while (!paused && !over) {
      ByteBuf piece = undelivered.poll();
      if (piece == null) {
        break;
      }
      int bytes = piece.readableBytes();
      fed = true;
      receiver.data(piece);
      consumed(bytes);
    }
    delivering = false;
    List<String> trailers = responseTrailers;
    if (trailers != null && !over && undelivered.isEmpty()) {
      finish(trailers);
    }
  }

  /** Opens the stream's window again by what the client has taken. */
  private void consumed(int bytes) {
    ConnectionHandler from = connection;
    Http2Stream on = stream;
    if (from != null && on != null) {
      from.consumed(on, bytes);
    }
  }

  private void finish(List<String> trailers) {
    over = true;
    if (!requestEnded) {
      reset(Http2Error.CANCEL); // nobody reads the rest of it
    }
    release();
    receiver.ended(trailers);
  }

  /** Everything that came with this burst has been handed over. */
  void idle() {
    if (fed && !over) {
      fed = false;
      receiver.idle();
    }
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    if (!paused) {
      return;
    }
    paused = false;
    if (!undelivered.isEmpty() || responseTrailers != null) {
      deliver();
      idle();
    }
  }

  // Failures

  /** The backend has reset the stream. */
  void reset(long code) {
    if (code == Http2Error.REFUSED_STREAM.code()) {
      notProcessed(new IllegalStateException("the stream was refused"));
    } else if (responseTrailers == null) {
      broken(new IllegalStateException("the stream was reset with code " + code));
    }
  }

  /** The backend is sure not to have looked at the request. */
  void notProcessed(Throwable cause) {
    if (over || responseTrailers != null) {
      return;
    }
    if (retried || headReceived || bodySent) {
      fail(
          bodySent || headReceived
              ? brokenOff(cause)
              : new UpstreamException(Kind.UNREACHABLE, "the upstream took no request", cause));
    } else {
      again();
    }
  }

  /**
   * The connection has gone under the exchange.
   *
   * @param stale whether it had served others before: the backend may just have been closing it
   */
  void lost(Throwable cause, boolean stale) {
    if (over || responseTrailers != null) {
      return;
    }
    if (stale && !retried && !answering() && request.repeatable()) {
      again();
    } else {
      broken(cause);
    }
  }

  /** Whether anything of an answer has come. */
  private boolean answering() {
    return headReceived || interimResponses > 0;
  }

  private void again() {
    retried = true;
    connection = null;
    stream = null;
    connections.start(this);
  }

  private void broken(Throwable cause) {
    fail(
        answering() && !headReceived
            ? new UpstreamException(Kind.MALFORMED, "the upstream broke off amid its head", cause)
            : brokenOff(cause));
  }

  private static UpstreamException brokenOff(Throwable cause) {
    return new UpstreamException(Kind.BROKEN, "the upstream broke the connection off", cause);
  }

  /** What the backend sent was no HTTP; its stream has been reset. */
  void malformed(Throwable cause) {
    fail(
        new UpstreamException(
            Kind.MALFORMED, "the upstream sent an answer that cannot be read", cause));
  }

  void unreachable(Throwable cause) {
    String what =
        cause instanceof SpeaksHttp1Exception
            ? "the upstream offers no HTTP/2"
            : "the upstream cannot be reached";
    fail(new UpstreamException(Kind.UNREACHABLE, what, cause));
  }

  void fail(UpstreamException cause) {
    if (!over) {
      over = true;
      release();
      receiver.failed(cause);
    }
  }

  private int streamId() {
    Http2Stream on = stream;
    return on == null ? 0 : on.id();
  }

  private Http2Exception malformed(String why) {
    return Http2Exception.streamError(streamId(), Http2Error.PROTOCOL_ERROR, why);
  }

  private void reset(Http2Error code) {
    ConnectionHandler on = connection;
    Http2Stream mine = stream;
    if (on != null && mine != null) {
      on.reset(mine, code);
    }
  }

  private void release() {
    unsent.release();
    undelivered.release();
  }

  @Override
  public void cancel() {
    if (over) {
      return;
    }
    over = true;
    release();
    if (stream == null) {
      connections.forget(this);
    } else {
      reset(Http2Error.CANCEL);
    }
  }
}
