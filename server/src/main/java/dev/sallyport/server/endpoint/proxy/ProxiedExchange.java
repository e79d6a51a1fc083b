package dev.sallyport.server.endpoint.proxy;

import dev.sallyport.api.Promise;
import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusDetails;
import dev.sallyport.api.StatusException;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.UpstreamRequest;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.Route;
import dev.sallyport.server.http.Alarm;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseHeaders;
import dev.sallyport.server.http.ResponseStream;
import dev.sallyport.server.http.StreamCut;
import dev.sallyport.server.http.Tunnel;
import dev.sallyport.server.http.TunnelEnd;
import dev.sallyport.server.http.Upgrades;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins a client's exchange with the upstream's. All of it happens on the client's event loop. */
final class ProxiedExchange implements UpstreamReceiver, Response.StreamWriter {

  private static final Logger log = LoggerFactory.getLogger(ProxiedExchange.class);

  private static final int RETRY_AFTER_SECONDS = 1;

  private final RequestContext context;
  private final Request request;
  private final Promise<Response> answer;
  private final boolean cluster;
  private final String upgrade;
  private final long stallNanos;
  private final ArrayDeque<ByteBuf> early = new ArrayDeque<>(0);
  private @Nullable UpstreamExchange upstream;
  private @Nullable BodyToUpstream body;
  private @Nullable StallTimer stall;
  private @Nullable ResponseStream stream;
  private @Nullable Alarm alarm;
  private boolean connected;
  private boolean ended;
  private List<String> trailers = List.of();
  private boolean switched;
  private boolean over;

  /**
   * @param stallNanos how long the backend may take nothing of a tunnel
   */
  ProxiedExchange(
      RequestContext context, Promise<Response> answer, boolean cluster, long stallNanos) {
    this.context = context;
    this.request = context.request();
    this.answer = answer;
    this.cluster = cluster;
    this.upgrade = Upgrades.protocol(context.request());
    this.stallNanos = stallNanos;
  }

  private EventLoop loop() {
    return (EventLoop) request.connection().loop();
  }

  void start(Upstream to) {
    EventLoop loop = loop();
    request.onAbort(this::abandon);
    if (over) {
      return;
    }
    if (context.deadline() != RequestContext.NO_DEADLINE) {
      alarm = request.connection().alarm(context.deadline(), this::abandon);
    }
    UpstreamExchange opened = to.open(loop, passed(), this);
    upstream = opened;
    if (over) {
      opened.cancel();
    } else if (connected) {
      sendBody(opened);
    }
  }

  private UpstreamRequest passed() {
    String query = request.query();
    return new UpstreamRequest(
        request.method(),
        query.isEmpty() ? request.path() : request.path() + "?" + query,
        request.headers(),
        request.authority(),
        request.origin().text(),
        request.connection().http2() ? "2.0" : "1.1",
        context.user(),
        request.body().declaredLength(),
        upgrade,
        ClientOrigins.of(request));
  }

  /** The client has gone, or the time is up and it has been told so. */
  private void abandon() {
    if (!over) {
      over = true;
      releaseEarly();
      StallTimer standing = stall;
      if (standing != null) {
        standing.minds(false);
      }
      UpstreamExchange running = upstream;
      if (running != null && !tunnelEnded()) {
        running.cancel();
      }
    }
  }

  /** Both ways have ended well; the upstream sends what it has been given and closes. */
  private boolean tunnelEnded() {
    BodyToUpstream sending = body;
    return switched && ended && sending != null && sending.complete();
  }

  private void releaseEarly() {
    for (ByteBuf piece = early.poll(); piece != null; piece = early.poll()) {
      piece.release();
    }
  }

  // From the client to the upstream

  @Override
  public void ready() {
    connected = true;
    UpstreamExchange opened = upstream;
    if (opened != null) {
      sendBody(opened);
    }
  }

  private void sendBody(UpstreamExchange to) {
    if (request.body().declaredLength() != 0 && body == null) {
      BodyToUpstream begun = new BodyToUpstream(to, this::bodyFailed, null);
      body = begun;
      if (grpc()) {
        begun.waitForClient();
      }
      request.body().stream(begun);
    }
  }

  /** Whose calls say themselves how long they may last. */
  private boolean grpc() {
    String type = request.headers().first("content-type");
    return type != null && type.startsWith("application/grpc");
  }

  /** The client's body is broken: the upstream must not take it for whole. */
  private void bodyFailed(Throwable cause) {
    if (!over) {
      abandon();
      answer.fail(cause);
      ResponseStream out = stream;
      if (out != null) {
        out.abort(cause);
      }
    }
  }

  @Override
  public void writable() {
    BodyToUpstream sending = body;
    if (!over && sending != null) {
      sending.more();
    }
  }

  // From the upstream to the client

  @Override
  public void head(UpstreamHead head) {
    inTime();
    BodyToUpstream sending = body;
    if (sending != null) {
      sending.waitForClient(); // both sides speak from now on
    }
    if (cluster && redirects(head)) {
      failed(
          new UpstreamException(
              UpstreamException.Kind.MALFORMED,
              Route.upstreamOf(context.route()) + " sent the client elsewhere",
              null));
      return;
    }
    ResponseHeaders headers = ResponseHeaders.owning(head.lines());
    answer.complete(new Response.Streamed(head.status(), headers, head.length(), this));
  }

  /** The answer has begun before the deadline. */
  private void inTime() {
    Alarm running = alarm;
    if (running != null) {
      running.cancel();
    }
  }

  private static boolean redirects(UpstreamHead head) {
    return head.status() >= 300 && head.status() < 400 && head.lines().contains("location");
  }

  /** The response's head is on its way to the client. */
  @Override
  public void start(ResponseStream out) {
    stream = out;
    out.onClosed(this::abandon);
    out.onWritable(this::resume);
    for (ByteBuf piece = early.poll(); piece != null; piece = early.poll()) {
      out.write(piece);
    }
    if (ended) {
      end(out);
    } else if (!over) {
      resume();
    }
  }

  private void resume() {
    UpstreamExchange from = upstream;
    if (!over && from != null) {
      from.resume();
    }
  }

  @Override
  public void data(ByteBuf piece) {
    ResponseStream out = stream;
    if (over) {
      piece.release();
    } else if (out == null) {
      early.add(piece);
      pause();
    } else {
      out.write(piece);
      if (!out.writable()) {
        pause();
      }
    }
  }

  private void pause() {
    UpstreamExchange from = upstream;
    if (!over && from != null) {
      from.pause();
    }
  }

  @Override
  public void idle() {
    ResponseStream out = stream;
    if (out != null && !over) {
      out.flush();
    }
  }

  @Override
  public void switched(UpstreamHead head) {
    inTime();
    switched = true;
    ResponseHeaders headers = ResponseHeaders.owning(head.lines()).add("upgrade", upgrade);
    answer.complete(new Response.Switched(headers, new Turn()));
  }

  /** The client has been told 101: its bytes may go to the upstream from now on. */
  private final class Turn implements Response.TunnelWriter {

    @Override
    public void start(Tunnel tunnel) {
      UpstreamExchange to = upstream;
      if (over || to == null) {
        tunnel.abort(null);
        return;
      }
      StallTimer mind = new StallTimer(loop(), stallNanos, ProxiedExchange.this::stalled);
      BodyToUpstream begun = new BodyToUpstream(to, ProxiedExchange.this::bodyFailed, mind);
      stall = mind;
      body = begun;
      ProxiedExchange.this.start(tunnel);
      tunnel.read(begun);
    }

    @Override
    public void abandoned() {
      loop().execute(ProxiedExchange.this::abandon);
    }
  }

  /** Instead of memory, a tunnel whose upstream does not read costs its end. */
  private void stalled() {
    failed(
        new UpstreamException(
            UpstreamException.Kind.BROKEN, "the upstream takes nothing any more", null));
  }

  @Override
  public void ended(List<String> fields) {
    ended = true;
    trailers = fields;
    ResponseStream out = stream;
    if (out != null && !over) {
      end(out);
    }
  }

  private void end(ResponseStream out) {
    over = !switched; // a tunnel's other way may last
    out.end(trailers);
  }

  @Override
  public void failed(UpstreamException cause) {
    if (over) {
      return;
    }
    BodyToUpstream sending = body;
    if (switched && ended && sending != null) {
      over = true; // it has said all it wanted to: the client shall have that
      sending.stop();
      return;
    }
    log.info(
        "{} {} failed upstream: {}{}",
        request.method(),
        request.path(),
        cause.getMessage(),
        cause.getCause() == null ? "" : " (" + cause.getCause() + ")");
    abandon();
    ResponseStream out = stream;
    if (out != null) {
      out.abort(new StreamCut(end(cause), cause));
    } else {
      answer.fail(new StatusException(status(cause)));
    }
  }

  private static TunnelEnd end(UpstreamException cause) {
    return switch (cause.kind()) {
      case UNRECORDED -> TunnelEnd.UNRECORDED;
      case UNSPEAKABLE -> TunnelEnd.CLIENT;
      default -> TunnelEnd.UPSTREAM;
    };
  }

  private static Status status(UpstreamException cause) {
    String message = String.valueOf(cause.getMessage());
    return switch (cause.kind()) {
      case UNREACHABLE, BROKEN, UNAVAILABLE, UNRECORDED ->
          new Status(503, Reason.SERVICE_UNAVAILABLE, message, null);
      case MALFORMED -> new Status(502, Reason.INTERNAL_ERROR, message, null);
      case BUSY ->
          new Status(
              503,
              Reason.SERVICE_UNAVAILABLE,
              message,
              new StatusDetails("", "", "", "", List.of(), RETRY_AFTER_SECONDS));
      case TIMEOUT -> new Status(504, Reason.TIMEOUT, message, StatusDetails.EMPTY);
      case UNSPEAKABLE -> Status.badRequest(message);
    };
  }
}
