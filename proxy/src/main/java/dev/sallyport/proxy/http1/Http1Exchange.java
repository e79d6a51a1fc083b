package dev.sallyport.proxy.http1;

import dev.sallyport.proxy.ClientOrigin;
import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamException.Kind;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request to the backend and its response, or the tunnel that it becomes. */
final class Http1Exchange implements UpstreamExchange {

  /** Interim responses before a real one; a backend that works for long sends one now and then. */
  private static final int MAX_INTERIM = 100;

  private final Http1Upstream upstream;
  private final EventLoop loop;
  private final UpstreamRequest request;
  private final UpstreamReceiver receiver;
  private @Nullable ByteBuf head;
  private @Nullable UpstreamConnection connection;
  private @Nullable RequestBody sending;
  private @Nullable ResponseBody receiving;
  private @Nullable Tunnel tunnel;
  private int interim;
  private boolean paused;
  private boolean starting;
  private boolean unsendable;
  private boolean answered;
  private boolean keepAlive;
  private boolean retried;
  private boolean over;

  /**
   * @param head the request's head; owned from now on
   */
  Http1Exchange(
      Http1Upstream upstream,
      EventLoop loop,
      UpstreamRequest request,
      ByteBuf head,
      UpstreamReceiver receiver) {
    this.upstream = upstream;
    this.loop = loop;
    this.request = request;
    this.head = head;
    this.receiver = receiver;
  }

  EventLoop loop() {
    return loop;
  }

  ClientOrigin origin() {
    return request.origin();
  }

  /** A connection stands. */
  void connected(UpstreamConnection to) {
    ByteBuf first = head;
    if (over || first == null) {
      to.release();
      return;
    }
    head = null;
    connection = to;
    unsendable = false;
    to.serve(this);
    to.reading(!paused);
    to.write(first);
    sending = RequestBody.of(request.bodyLength(), to);
    starting = true;
    receiver.ready();
    starting = false;
    to.flush();
  }

  void unreachable(Throwable cause) {
    fail(new UpstreamException(Kind.UNREACHABLE, "the upstream cannot be reached", cause));
  }

  // The request's body, or what goes into the tunnel

  @Override
  public boolean writable() {
    UpstreamConnection to = connection;
    return to != null && !over && !unsendable && to.channel().isWritable();
  }

  @Override
  public void write(ByteBuf piece) {
    UpstreamConnection to = connection;
    if (over || unsendable || to == null) {
      piece.release();
      return;
    }
    Tunnel open = tunnel;
    RequestBody body = sending;
    if (open != null) {
      open.write(piece);
    } else if (body == null || !body.write(piece)) {
      broken("the request's body is longer than declared");
      return;
    }
    flushSoon(to);
  }

  @Override
  public void end() {
    end(List.of());
  }

  @Override
  public void end(List<String> trailers) {
    UpstreamConnection to = connection;
    if (over || unsendable || to == null) {
      return;
    }
    Tunnel open = tunnel;
    RequestBody body = sending;
    if (open != null) {
      open.end();
      overIfTunnelIs(open);
    } else if (body != null && !body.ended()) {
      if (!body.end(trailers)) {
        broken("the request's body is shorter than declared");
        return;
      }
      flushSoon(to);
    }
  }

  /** What is said while the exchange begins leaves with its head. */
  private void flushSoon(UpstreamConnection to) {
    if (!starting) {
      to.flushSoon();
    }
  }

  /** The backend takes no more of the request; its answer may still come, or be here already. */
  void sendingFailed() {
    unsendable = true;
  }

  void becameWritable() {
    RequestBody body = sending;
    if (tunnel != null || body != null && !body.ended()) {
      receiver.writable();
    }
  }

  // The response, or what comes out of the tunnel

  /** Takes what has come; what is left of it belongs to nobody. */
  void read(ByteBuf in) {
    try {
      answered = true;
      while (!over && in.isReadable()) {
        if (tunnel != null) {
          receiver.data(in.readRetainedSlice(in.readableBytes()));
        } else if (!step(in)) {
          return;
        }
      }
    } catch (MalformedResponse malformed) {
      malformed(malformed);
    }
  }

  /** Takes one thing from the input; false when nothing more can be taken. */
  private boolean step(ByteBuf in) {
    UpstreamConnection from = connection;
    ResponseBody body = receiving;
    if (from == null) {
      return false;
    }
    if (body == null) {
      ResponseHead next = from.parser().parse(in);
      if (next == null) {
        return false;
      }
      if (!head(next)) {
        return true;
      }
      body = receiving;
    } else {
      ByteBuf piece = body.decode(in);
      if (piece != null) {
        receiver.data(piece);
      }
    }
    if (!over && body != null && body.ended()) {
      keepAlive &= !in.isReadable(); // nobody asked for more
      responseEnded(body.trailers());
      return false;
    }
    return true;
  }

  /** False when a response's body does not begin here. */
  private boolean head(ResponseHead next) {
    if (next.interim()) {
      if (++interim > MAX_INTERIM) {
        throw new MalformedResponse("there are too many interim responses");
      }
      return false;
    }
    if (next.status() == 101) {
      switched(next);
      return false;
    }
    boolean without = request.method().equals("HEAD");
    receiving = ResponseBody.of(next, without);
    boolean contradiction = next.bodiless() && (next.chunked() || next.length() > 0);
    // A backend that was asked to switch may read what comes next as something else.
    keepAlive =
        next.keepAlive() && request.upgrade().isEmpty() && !(contradiction && next.status() == 204);
    receiver.head(new UpstreamHead(next.status(), next.lines(), next.length()));
    return !over;
  }

  private void switched(ResponseHead next) {
    UpstreamConnection to = connection;
    if (request.upgrade().isEmpty()
        || !next.upgrade().equalsIgnoreCase(request.upgrade())
        || to == null) {
      throw new MalformedResponse("it switched protocols unasked");
    }
    tunnel = new Tunnel(to.channel());
    receiver.switched(new UpstreamHead(next.status(), next.lines(), -1));
  }

  void idle() {
    if (!over && (receiving != null || tunnel != null)) {
      receiver.idle();
    }
  }

  /**
   * The connection is given back first: what the receiver does next may need it. One whose request
   * was not sent whole is unfit.
   */
  private void responseEnded(List<String> trailers) {
    UpstreamConnection from = connection;
    RequestBody body = sending;
    over = true;
    connection = null;
    if (from != null) {
      if (keepAlive && body != null && body.ended() && from.usable()) {
        from.release();
      } else {
        from.close();
      }
    }
    receiver.ended(trailers);
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

  // Ends

  /** Whether the connection's clean end is the response's. */
  boolean endsWithConnection() {
    ResponseBody body = receiving;
    return body != null && body.endsWithConnection();
  }

  void connectionEnded() {
    responseEnded(List.of());
  }

  boolean tunnelled() {
    return tunnel != null;
  }

  /** The backend will send no more: the tunnel may go on in the other direction. */
  void inputEnded() {
    Tunnel open = tunnel;
    if (open != null && !over && open.inputEnded()) {
      receiver.ended(List.of());
      overIfTunnelIs(open);
    }
  }

  private void overIfTunnelIs(Tunnel open) {
    UpstreamConnection from = connection;
    if (!over && open.over() && from != null) {
      over = true;
      connection = null;
      open.close();
    }
  }

  private void malformed(MalformedResponse cause) {
    UpstreamConnection from = connection;
    if (from != null) {
      from.close();
    }
    fail(
        new UpstreamException(
            Kind.MALFORMED,
            "the upstream sent an answer that cannot be read: " + cause.getMessage(),
            cause));
  }

  private void broken(String what) {
    UpstreamConnection from = connection;
    if (from != null) {
      from.close();
    }
    fail(new UpstreamException(Kind.BROKEN, what, null));
  }

  void lost(Throwable cause) {
    UpstreamConnection from = connection;
    connection = null;
    if (from != null && mayRetry(from)) {
      retry();
    } else if (answered && receiving == null && tunnel == null) {
      // Something of an answer has come: nobody may take the request for one without any.
      fail(new UpstreamException(Kind.MALFORMED, "the upstream broke off amid its head", cause));
    } else {
      fail(new UpstreamException(Kind.BROKEN, "the upstream broke the connection off", cause));
    }
  }

  private void retry() {
    retried = true;
    try {
      head = upstream.head(request);
      upstream.connect(this);
    } catch (UpstreamException unspeakable) {
      fail(unspeakable);
    }
  }

  /** A kept connection that the backend was just closing: nothing was served, nothing is lost. */
  private boolean mayRetry(UpstreamConnection from) {
    return !over && !retried && !answered && from.used() && request.repeatable();
  }

  private void fail(UpstreamException cause) {
    if (!over) {
      stop();
      receiver.failed(cause);
    }
  }

  private void stop() {
    over = true;
    connection = null;
    ByteBuf unsent = head;
    head = null;
    if (unsent != null) {
      unsent.release();
    }
  }

  @Override
  public void cancel() {
    UpstreamConnection from = connection;
    stop();
    if (from != null) {
      from.close();
    }
  }
}
