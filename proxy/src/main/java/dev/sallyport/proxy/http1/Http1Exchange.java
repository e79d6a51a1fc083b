package dev.sallyport.proxy.http1;

import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamException.Kind;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.UpstreamRequest;
import dev.sallyport.proxy.headers.ResponseLines;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request to the backend and its response. */
final class Http1Exchange implements UpstreamExchange {

  private final Http1Upstream upstream;
  private final EventLoop loop;
  private final UpstreamRequest request;
  private final HttpHeaders headers;
  private final UpstreamReceiver receiver;
  private @Nullable UpstreamConnection connection;
  private boolean paused;
  private boolean requestEnded;
  private boolean headReceived;
  private boolean responseEnded;
  private boolean keepAlive;
  private boolean retried;
  private boolean over;

  Http1Exchange(
      Http1Upstream upstream,
      EventLoop loop,
      UpstreamRequest request,
      HttpHeaders headers,
      UpstreamReceiver receiver) {
    this.upstream = upstream;
    this.loop = loop;
    this.request = request;
    this.headers = headers;
    this.receiver = receiver;
    this.requestEnded = request.bodyLength() == 0;
  }

  EventLoop loop() {
    return loop;
  }

  /** A connection stands. */
  void connected(UpstreamConnection to) {
    if (over) {
      to.release();
      return;
    }
    connection = to;
    to.serve(this);
    to.reading(!paused);
    var unused = to.write(head());
    to.flush();
    receiver.ready();
  }

  private HttpRequest head() {
    HttpMethod method = HttpMethod.valueOf(request.method());
    String target = upstream.target(request.target());
    return requestEnded
        ? new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            method,
            target,
            Unpooled.EMPTY_BUFFER,
            headers,
            EmptyHttpHeaders.INSTANCE)
        : new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, target, headers);
  }

  void unreachable(Throwable cause) {
    fail(new UpstreamException(Kind.UNREACHABLE, "the upstream cannot be reached", cause));
  }

  // The request's body

  @Override
  public boolean writable() {
    UpstreamConnection to = connection;
    return to != null && !over && to.channel().isWritable();
  }

  @Override
  public void write(ByteBuf piece) {
    UpstreamConnection to = connection;
    if (over || to == null) {
      piece.release();
      return;
    }
    var unused = to.write(new DefaultHttpContent(piece));
    to.flush();
  }

  @Override
  public void end() {
    UpstreamConnection to = connection;
    if (over || to == null || requestEnded) {
      return;
    }
    requestEnded = true;
    var unused = to.write(LastHttpContent.EMPTY_LAST_CONTENT);
    to.flush();
    finishIfDone();
  }

  void becameWritable() {
    if (!requestEnded) {
      receiver.writable();
    }
  }

  // The response

  void head(HttpResponse head) {
    headReceived = true;
    keepAlive = HttpUtil.isKeepAlive(head);
    receiver.head(
        new UpstreamHead(head.status().code(), ResponseLines.of(head.headers()), length(head)));
  }

  private static long length(HttpResponse head) {
    String declared = head.headers().get(HttpHeaderNames.CONTENT_LENGTH);
    if (declared == null || head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      return -1;
    }
    try {
      return Long.parseLong(declared);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  void data(ByteBuf piece) {
    receiver.data(piece);
  }

  void idle() {
    if (!over && headReceived) {
      receiver.idle();
    }
  }

  void responseEnded() {
    responseEnded = true;
    receiver.ended(List.of());
    finishIfDone();
  }

  /** A response that came before the request was sent whole leaves the connection unfit. */
  private void finishIfDone() {
    UpstreamConnection from = connection;
    if (over || !responseEnded || from == null) {
      return;
    }
    over = true;
    connection = null;
    if (requestEnded && keepAlive && from.usable()) {
      from.release();
    } else {
      from.close();
    }
  }

  @Override
  public void pause() {
    paused = true;
    UpstreamConnection from = connection;
    if (from != null) {
      from.reading(false);
    }
  }

  @Override
  public void resume() {
    paused = false;
    UpstreamConnection from = connection;
    if (from != null) {
      from.reading(true);
    }
  }

  // Failures

  void malformed(@Nullable Throwable cause) {
    UpstreamConnection from = connection;
    if (from != null) {
      from.close();
    }
    fail(new UpstreamException(Kind.MALFORMED, "the upstream's answer is no HTTP", cause));
  }

  void lost(Throwable cause) {
    UpstreamConnection from = connection;
    connection = null;
    if (from != null && mayRetry(from)) {
      retried = true;
      upstream.connect(this);
    } else {
      fail(new UpstreamException(Kind.BROKEN, "the upstream broke the connection off", cause));
    }
  }

  /** A kept connection that the backend was just closing: nothing was served, nothing is lost. */
  private boolean mayRetry(UpstreamConnection from) {
    return !over
        && !retried
        && !headReceived
        && from.used()
        && request.bodyLength() == 0
        && idempotent(request.method());
  }

  private static boolean idempotent(String method) {
    return switch (method) {
      case "GET", "HEAD", "OPTIONS", "PUT", "DELETE" -> true;
      default -> false;
    };
  }

  private void fail(UpstreamException cause) {
    if (!over) {
      over = true;
      connection = null;
      receiver.failed(cause);
    }
  }

  @Override
  public void cancel() {
    over = true;
    UpstreamConnection from = connection;
    connection = null;
    if (from != null) {
      from.close();
    }
  }
}
