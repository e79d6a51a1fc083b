package dev.sallyport.server.netty.http2;

import dev.sallyport.api.StatusException;
import dev.sallyport.server.http.HttpHandler;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.netty.exchange.BufferedBody;
import dev.sallyport.server.netty.exchange.Dispatch;
import dev.sallyport.server.netty.exchange.HttpLimits;
import dev.sallyport.server.netty.exchange.InboundBody;
import dev.sallyport.server.netty.exchange.InboundRequest;
import dev.sallyport.server.netty.exchange.StatusResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One stream: a request and its response. */
final class Http2Exchange implements InboundBody.Source, Dispatch.Responder {

  /** Up to here a body is handed over at once; beyond, no faster than the client's window. */
  private static final int WHOLE_BODY = 64 << 10;

  private static final Http2Headers CONTINUE =
      ReadOnlyHttp2Headers.serverHeaders(false, HttpResponseStatus.CONTINUE.codeAsText());

  private final Http2Handler connection;
  private final Http2Stream stream;
  private final boolean head;
  private final InboundBody body;
  private final InboundRequest request;
  private final RequestFields fields;
  private @Nullable Http2ResponseStream response;
  private @Nullable ByteBuf last;
  private boolean continueOwed;
  private boolean responded;
  private boolean ended;
  private boolean closed;
  private long received;
  private long endedAt;
  private long unwritableSince;

  Http2Exchange(
      Http2Handler connection, Http2Stream stream, RequestFields fields, boolean endOfStream) {
    this.connection = connection;
    this.stream = stream;
    this.fields = fields;
    this.head = fields.method().equals("HEAD");
    this.continueOwed = fields.expectContinue() && !endOfStream;
    long declared = endOfStream ? 0 : fields.contentLength();
    this.body = new InboundBody(connection.peerConnection().loop(), this, declared);
    this.request =
        new InboundRequest(
            fields.method(),
            fields.path(),
            fields.authority(),
            fields.lines(),
            body,
            connection.peerConnection());
  }

  void start(HttpHandler handler, HttpLimits limits) {
    try {
      fields.checkServed(limits);
    } catch (StatusException refusal) {
      respond(StatusResponse.of(refusal.status()));
      return;
    }
    Dispatch.run(handler, request, connection.peerConnection().loop(), this);
  }

  // The request's body

  /**
   * The piece that makes a body as long as declared is held back until its stream ends: more may
   * come, and whoever reads by the declared length would have taken it for whole.
   */
  void data(int streamId, ByteBuf data) throws Http2Exception {
    received += data.readableBytes();
    long declared = fields.contentLength();
    if (declared >= 0 && received > declared) {
      throw mismatch(streamId);
    }
    if (!data.isReadable()) {
      return;
    }
    if (received == declared) {
      last = data.retain();
    } else {
      body.offer(data.retain());
    }
  }

  /**
   * @param trailers the fields behind it, names and values side by side
   */
  void bodyEnded(int streamId, List<String> trailers) throws Http2Exception {
    if (fields.contentLength() >= 0 && received != fields.contentLength()) {
      throw mismatch(streamId);
    }
    ByteBuf held = last;
    if (held != null) {
      last = null;
      body.offer(held);
    }
    body.finish(trailers);
  }

  private static Http2Exception mismatch(int streamId) {
    return Http2Exception.streamError(
        streamId, Http2Error.PROTOCOL_ERROR, "the body is not as long as declared");
  }

  /** Whether the client has said all. */
  boolean requestEnded() {
    return body.complete();
  }

  @Override
  public void wanted() {
    if (continueOwed && !responded) {
      continueOwed = false;
      ChannelHandlerContext ctx = connection.context();
      var unused =
          connection.encoder().writeHeaders(ctx, stream.id(), CONTINUE, 0, false, ctx.newPromise());
      connection.flushSoon();
    }
  }

  /** Opens the stream's window again, by what has left for the reader. */
  @Override
  public void taken(int bytes) {
    if (closed || bytes == 0) {
      return; // a closed stream's bytes have been given back already
    }
    try {
      if (connection.connection().local().flowController().consumeBytes(stream, bytes)) {
        connection.flushSoon();
      }
    } catch (Http2Exception e) {
      connection.onError(connection.context(), true, e);
    }
  }

  // The response

  @Override
  public void respond(Response answer) {
    if (responded || closed) {
      refuseStream(answer);
      return;
    }
    if (answer instanceof Response.Switched) {
      answer.abandoned(); // nobody can have asked for it: extended CONNECT is not offered
      respond(StatusResponse.of(StatusResponse.badRequest("HTTP/2 connections cannot switch")));
      return;
    }
    responded = true;
    continueOwed = false;
    if (answer instanceof Response.Buffered buffered) {
      long length = BufferedBody.length(buffered.segments());
      if (length <= WHOLE_BODY) {
        writeWhole(buffered, (int) length);
      } else {
        var writer = new BufferedBody(buffered.segments());
        writeStream(new Response.Streamed(buffered.status(), buffered.headers(), length, writer));
      }
    } else {
      writeStream((Response.Streamed) answer);
    }
  }

  /** A writer whose client has gone still learns that its stream is over. */
  private void refuseStream(Response answer) {
    if (answer instanceof Response.Streamed streamed) {
      Http2ResponseStream dead =
          new Http2ResponseStream(
              connection, this, stream, -1, true, connection.context().newSucceededFuture());
      dead.lost();
      streamed.writer().start(dead);
    } else {
      answer.abandoned();
    }
  }

  private static boolean bodiless(int status) {
    return status == 204 || status == 304;
  }

  private void writeWhole(Response.Buffered answer, int length) {
    boolean bodiless = bodiless(answer.status());
    boolean empty = bodiless || head || length == 0;
    ChannelFuture last = writeHead(answer, bodiless ? -1 : length, empty);
    if (!empty) {
      ChannelHandlerContext ctx = connection.context();
      ByteBuf bytes = wrap(ctx, answer.segments(), length);
      last = connection.encoder().writeData(ctx, stream.id(), bytes, 0, true, ctx.newPromise());
    }
    responseEnded(last);
  }

  private ChannelFuture writeHead(Response answer, long length, boolean endOfStream) {
    ChannelHandlerContext ctx = connection.context();
    Http2Headers headers = ResponseFields.of(answer.status(), answer.headers(), length);
    return connection
        .encoder()
        .writeHeaders(ctx, stream.id(), headers, 0, endOfStream, ctx.newPromise());
  }

  private static ByteBuf wrap(
      ChannelHandlerContext ctx, List<Response.Segment> segments, int length) {
    if (segments.size() == 1) {
      Response.Segment only = segments.get(0);
      return Unpooled.wrappedBuffer(only.bytes(), only.offset(), only.length());
    }
    ByteBuf bytes = ctx.alloc().directBuffer(length);
    for (int i = 0; i < segments.size(); i++) {
      Response.Segment segment = segments.get(i);
      bytes.writeBytes(segment.bytes(), segment.offset(), segment.length());
    }
    return bytes;
  }

  private void writeStream(Response.Streamed answer) {
    // A head that ends the stream says itself that nothing follows; gRPC's errors come so.
    boolean empty = answer.length() == 0 && !head;
    boolean silent = bodiless(answer.status()) || head || empty;
    ChannelFuture headWritten =
        writeHead(answer, bodiless(answer.status()) || empty ? -1 : answer.length(), silent);
    Http2ResponseStream begun =
        new Http2ResponseStream(connection, this, stream, answer.length(), silent, headWritten);
    response = begun;
    connection.flushSoon();
    answer.writer().start(begun);
  }

  /**
   * The last byte of the response has been queued.
   *
   * @param last done when it is written
   */
  void responseEnded(ChannelFuture last) {
    ended = true;
    endedAt = System.nanoTime();
    boolean leftover = !body.complete();
    request.finished();
    if (leftover && !closed) {
      // RFC 9113, 8.1: an early answer is followed by a reset, so that the client stops sending.
      var unused = last.addListener(written -> stopUpload());
    }
    connection.flushSoon();
  }

  private void stopUpload() {
    if (!closed) {
      connection.reset(stream.id(), Http2Error.NO_ERROR);
    }
  }

  /** The response cannot be finished. */
  void responseBroken() {
    request.finished();
    if (!closed) {
      connection.reset(stream.id(), Http2Error.INTERNAL_ERROR);
    }
  }

  void writabilityChanged() {
    Http2ResponseStream current = response;
    if (current != null) {
      current.writabilityChanged();
    }
  }

  /** The stream is closed: by both sides' end, a reset or the connection's end. */
  void closed() {
    closed = true;
    if (!ended) {
      request.abort(new ClosedChannelException());
    }
    body.discard();
    ByteBuf held = last;
    if (held != null) {
      last = null;
      held.release(); // a closed stream's bytes have been given back already
    }
    Http2ResponseStream current = response;
    if (current != null) {
      current.lost();
    }
  }

  void tick(long now, HttpLimits limits) {
    body.expire(now, limits.bodyTimeout().toNanos());
    long stall = limits.stallTimeout().toNanos();
    if (ended) {
      resetIf(now - endedAt > stall);
      return;
    }
    Http2ResponseStream current = response;
    if (current == null || current.writable()) {
      unwritableSince = 0;
    } else if (unwritableSince == 0) {
      unwritableSince = now;
    } else {
      resetIf(now - unwritableSince > stall);
    }
  }

  private void resetIf(boolean stalled) {
    if (stalled) {
      connection.reset(stream.id(), Http2Error.CANCEL);
    }
  }
}
