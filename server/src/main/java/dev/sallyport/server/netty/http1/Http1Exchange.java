package dev.sallyport.server.netty.http1;

import dev.sallyport.api.StatusException;
import dev.sallyport.server.http.HttpHandler;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.netty.exchange.BufferedBody;
import dev.sallyport.server.netty.exchange.Dispatch;
import dev.sallyport.server.netty.exchange.InboundBody;
import dev.sallyport.server.netty.exchange.InboundRequest;
import dev.sallyport.server.netty.exchange.StatusResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One request and its response. */
final class Http1Exchange implements InboundBody.Source, Dispatch.Responder {

  /** Up to here a body is copied behind its head: one buffer, one TLS record. */
  static final int COPIED_BODY = 16 << 10;

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Http1Handler connection;
  private final Framing framing;
  private final boolean http10;
  private final boolean head;
  private final BodyDecoder decoder;
  private final InboundBody body;
  private final InboundRequest request;
  private @Nullable Http1ResponseStream stream;
  private boolean continueOwed;
  private boolean responded;
  private boolean ended;
  private boolean broken;
  private boolean close;
  private long drained;
  private long endedAt;

  Http1Exchange(Http1Handler connection, RequestHead head, Framing framing) {
    this.connection = connection;
    this.framing = framing;
    this.http10 = head.http10();
    this.head = head.method().equals("HEAD");
    this.decoder = BodyDecoder.of(framing.length());
    this.continueOwed = framing.expectContinue() && framing.length() != 0;
    this.body = new InboundBody(connection.connection().loop(), this, framing.length());
    this.request =
        new InboundRequest(
            head.method(),
            framing.target(),
            framing.authority(),
            head.headers(),
            body,
            connection.connection());
  }

  void start(HttpHandler handler) {
    Dispatch.run(handler, request, connection.connection().loop(), this);
  }

  /** Writes a refusal that belongs to no exchange. */
  static void refuse(Http1Handler connection, StatusException refusal) {
    Response.Buffered response = (Response.Buffered) StatusResponse.of(refusal.status());
    int length = (int) BufferedBody.length(response.segments());
    ByteBuf bytes =
        HeadWriter.get()
            .status(response.status(), false)
            .headers(response.headers())
            .contentLength(length)
            .close()
            .finish(connection.context().alloc(), response.segments(), length);
    var unused = connection.context().write(bytes);
  }

  // The request's body

  @Override
  public void wanted() {
    if (continueOwed && !responded) {
      continueOwed = false;
      var unused = connection.context().writeAndFlush(Unpooled.wrappedBuffer(CONTINUE));
    }
    connection.process();
  }

  @Override
  public void taken(int bytes) {}

  boolean bodyComplete() {
    return body.complete();
  }

  boolean wantsBody() {
    return !body.complete() && !broken && (ended || body.waiting());
  }

  /** Moves the body on by one piece; false when there is nothing to do. */
  boolean takeBody(ByteBuf in) {
    if (!wantsBody()) {
      return false;
    }
    ByteBuf piece;
    try {
      piece = decoder.decode(in);
    } catch (StatusException malformed) {
      malformed(malformed);
      return false;
    }
    if (piece != null) {
      drained += ended ? piece.readableBytes() : 0;
      body.offer(piece);
    }
    if (decoder.ended()) {
      body.finish(decoder.trailers());
      overIfDone();
      return true;
    }
    if (drained > connection.limits().drainBytes()) {
      connection.closeWhenWritten(false);
      return false;
    }
    return piece != null;
  }

  /** Nothing behind a broken frame is looked at. */
  private void malformed(StatusException cause) {
    broken = true;
    close = true;
    if (ended) {
      connection.closeWhenWritten(false);
    } else {
      body.fail(cause);
    }
  }

  // The response

  @Override
  public void respond(Response response) {
    if (responded || !connection.channel().isActive()) {
      refuseStream(response);
      return;
    }
    if (response instanceof Response.Switched switched) {
      switchTo(switched);
      return;
    }
    responded = true;
    close |= connection.closing() || !framing.keepAlive() || framing.upgrade() || !drainable();
    if (response instanceof Response.Buffered buffered) {
      long length = BufferedBody.length(buffered.segments());
      if (length <= COPIED_BODY) {
        writeWhole(buffered, (int) length);
      } else {
        var writer = new BufferedBody(buffered.segments());
        writeStream(new Response.Streamed(buffered.status(), buffered.headers(), length, writer));
      }
    } else {
      writeStream((Response.Streamed) response);
    }
  }

  /** HTTP/1.0 knows no upgrade, and a body that is not read yet would look like the tunnel's. */
  private void switchTo(Response.Switched switched) {
    if (http10 || !body.complete()) {
      switched.abandoned();
      respond(StatusResponse.of(StatusResponse.badRequest("this request cannot be an upgrade")));
      return;
    }
    responded = true;
    connection.switchProtocols(
        HeadWriter.get().status(101, false).headers(switched.headers()).upgrade(),
        request,
        switched.writer());
  }

  /** A writer whose client has gone still learns that its stream is over. */
  private void refuseStream(Response response) {
    if (response instanceof Response.Streamed streamed) {
      Http1ResponseStream dead = new Http1ResponseStream(connection, this, -1, false, true);
      dead.lost();
      streamed.writer().start(dead);
    } else {
      response.abandoned();
    }
  }

  /** Whether what is left of the body is worth reading for the sake of the connection. */
  private boolean drainable() {
    return body.complete()
        || !continueOwed && decoder.remaining() <= connection.limits().drainBytes();
  }

  private static boolean bodiless(int status) {
    return status == 204 || status == 304;
  }

  private HeadWriter head(Response response) {
    HeadWriter out = HeadWriter.get().status(response.status(), http10).headers(response.headers());
    if (close) {
      out.close();
    } else if (http10) {
      out.keepAlive();
    }
    return out;
  }

  private void writeWhole(Response.Buffered response, int length) {
    HeadWriter out = head(response);
    boolean bodiless = bodiless(response.status());
    if (!bodiless) {
      out.contentLength(length);
    }
    boolean empty = bodiless || head;
    ByteBuf bytes =
        out.finish(
            connection.context().alloc(),
            empty ? Http1Handler.noBody() : response.segments(),
            empty ? 0 : length);
    var unused = connection.context().write(bytes);
    responseEnded();
  }

  private void writeStream(Response.Streamed response) {
    boolean bodiless = bodiless(response.status());
    boolean chunked = response.length() < 0 && !http10 && !bodiless && !head;
    close |= response.length() < 0 && http10 && !bodiless;
    HeadWriter out = head(response);
    if (chunked) {
      out.chunked();
    } else if (response.length() >= 0 && !bodiless) {
      out.contentLength(response.length());
    }
    Http1ResponseStream begun =
        new Http1ResponseStream(connection, this, response.length(), chunked, bodiless || head);
    stream = begun;
    begun.head(out);
    connection.flushSoon();
    response.writer().start(begun);
  }

  /** The last byte of the response has been queued. */
  void responseEnded() {
    ended = true;
    endedAt = System.nanoTime();
    request.finished();
    connection.flush();
    if (!body.complete() && (broken || !drainable())) {
      connection.closeWhenWritten(false);
    } else if (!overIfDone()) {
      connection.process();
    }
  }

  private boolean overIfDone() {
    if (ended && body.complete()) {
      connection.exchangeOver(close);
      return true;
    }
    return false;
  }

  /** The response cannot be finished. */
  void responseBroken(@Nullable Throwable cause) {
    request.finished();
    connection.breakOff();
  }

  void beforeFlush() {
    Http1ResponseStream current = stream;
    if (current != null) {
      current.sendHead();
    }
  }

  void writable() {
    Http1ResponseStream current = stream;
    if (current != null) {
      current.becameWritable();
    }
  }

  void lost(Throwable cause) {
    if (!ended) {
      request.abort(cause);
    }
    body.discard();
    Http1ResponseStream current = stream;
    if (current != null) {
      current.lost();
    }
  }

  void tick(long now, long timeoutNanos) {
    body.expire(now, timeoutNanos);
    if (ended && now - endedAt > timeoutNanos) {
      connection.breakOff();
    }
  }
}
