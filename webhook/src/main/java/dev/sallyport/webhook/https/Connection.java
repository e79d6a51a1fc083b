package dev.sallyport.webhook.https;

import dev.sallyport.webhook.BodySink;
import dev.sallyport.webhook.CallException.Kind;
import dev.sallyport.webhook.HttpsReply;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection to one server, which serves one call at a time. On its event loop only. */
final class Connection extends ChannelInboundHandlerAdapter {

  private final Channel channel;
  private final ConnectionPool pool;
  private @Nullable PendingCall call;
  private @Nullable ChannelFuture sent;
  private @Nullable HttpResponse head;
  private @Nullable BodySink sink;
  private ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private boolean interim;
  private boolean used;

  Connection(Channel channel, ConnectionPool pool) {
    this.channel = channel;
    this.pool = pool;
  }

  boolean usable() {
    return channel.isActive();
  }

  Channel channel() {
    return channel;
  }

  void serve(PendingCall next) {
    FullHttpRequest message;
    try {
      message = RequestMessage.of(next.request());
    } catch (IllegalArgumentException e) {
      next.fail(Kind.MALFORMED, "cannot be sent: " + e.getMessage(), e);
      pool.release(this);
      return;
    }
    call = next;
    head = null;
    sink = null;
    interim = false;
    body = new ByteArrayOutputStream(0);
    next.servedBy(this);
    ChannelFuture writing = channel.writeAndFlush(message);
    sent = writing;
    var unused =
        writing.addListener(
            done -> {
              if (!done.isSuccess()) {
                broken(done.cause());
              }
            });
  }

  /** The call has ended without this connection's doing: what may still come is nobody's. */
  void abandon() {
    call = null;
    close();
  }

  void close() {
    var unused = channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      PendingCall current = call;
      if (current == null) {
        close(); // a server that speaks unasked is not to be trusted with the next call
      } else {
        read(current, (HttpObject) message);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(PendingCall current, HttpObject message) {
    if (message.decoderResult().isFailure()) {
      Throwable cause = message.decoderResult().cause();
      current.fail(Kind.MALFORMED, "the answer is no HTTP: " + cause.getMessage(), cause);
      return;
    }
    if (message instanceof HttpResponse response) {
      begin(current, response);
    }
    if (message instanceof HttpContent piece && !interim && call == current) {
      add(current, piece);
    }
  }

  private void begin(PendingCall current, HttpResponse response) {
    interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (response.status().code() == 101) {
      current.fail(Kind.MALFORMED, "it switched protocols unasked", null);
      return;
    }
    if (interim) {
      return;
    }
    head = response;
    BodySink wanted = current.sink();
    if (wanted != null && response.status().codeClass() == HttpStatusClass.SUCCESS) {
      sink = wanted;
      wanted.began();
    } else if (HttpUtil.getContentLength(response, 0L) > current.request().answerLimit()) {
      tooLarge(current);
    }
  }

  private void add(PendingCall current, HttpContent piece) {
    int more = piece.content().readableBytes();
    BodySink streaming = sink;
    if (streaming != null) {
      handOn(piece, more, streaming);
    } else {
      gather(current, piece, more);
    }
    HttpResponse answered = head;
    if (piece instanceof LastHttpContent && answered != null && call == current) {
      answer(current, answered);
    }
  }

  private static void handOn(HttpContent piece, int length, BodySink to) {
    if (length > 0) {
      byte[] bytes = new byte[length];
      piece.content().readBytes(bytes);
      to.piece(bytes);
    }
  }

  private void gather(PendingCall current, HttpContent piece, int more) {
    if (more > current.request().answerLimit() - body.size()) {
      tooLarge(current);
      return;
    }
    try {
      piece.content().readBytes(body, more);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not from a stream in memory
    }
  }

  private void answer(PendingCall current, HttpResponse answered) {
    HttpsReply reply =
        new HttpsReply(answered.status().code(), lines(answered), body.toByteArray());
    ChannelFuture request = sent;
    // An answer that overtook its request leaves the rest of the request on the line.
    boolean reusable =
        HttpUtil.isKeepAlive(answered)
            && request != null
            && request.isSuccess()
            && (HttpUtil.isContentLengthSet(answered)
                || HttpUtil.isTransferEncodingChunked(answered));
    call = null;
    body = new ByteArrayOutputStream(0);
    used = true;
    if (reusable) {
      pool.release(this);
    } else {
      close();
    }
    current.complete(reply);
  }

  private static List<String> lines(HttpResponse response) {
    List<String> lines = new ArrayList<>(2 * response.headers().size());
    for (Map.Entry<String, String> line : response.headers()) {
      lines.add(line.getKey());
      lines.add(line.getValue());
    }
    return lines;
  }

  private static void tooLarge(PendingCall current) {
    current.fail(
        Kind.TOO_LARGE,
        "the answer is larger than " + current.request().answerLimit() + " bytes",
        null);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    lost(null);
    pool.forget(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    broken(cause);
  }

  private void broken(Throwable cause) {
    lost(cause);
    close();
  }

  private void lost(@Nullable Throwable cause) {
    PendingCall current = call;
    call = null;
    if (current == null || current.ended()) {
      return;
    }
    current.servedBy(null);
    // A kept connection may have been closed by the server just before: that is no answer.
    if (used && head == null && current.repeat()) {
      pool.submitFresh(current);
      return;
    }
    String why = cause == null ? "" : ": " + Failures.text(cause);
    current.fail(Kind.BROKEN, "the connection ended before the answer did" + why, cause);
  }
}
