package dev.sallyport.proxy.balance;

import dev.sallyport.config.routes.UpstreamTimeouts;
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

/**
 * One request on its way to an endpoint of a group, or to the next one where that is safe: when
 * nothing was sent; or when no byte of an answer has come to a request that changes nothing and has
 * no body. DELETE and PUT are not repeated although they might be: the second time they would be
 * answered differently. On its event loop, but for {@link #admitted}.
 */
final class GroupExchange implements UpstreamExchange, ConnectionLimit.Waiter {

  private static final String UNNAMED = "the upstream ";

  // Neighbours in the list of running ones; theirs who keeps it.
  @Nullable GroupExchange previous;
  @Nullable GroupExchange next;

  private final UpstreamGroup group;
  private final EventLoop loop;
  private final UpstreamRequest request;
  private final UpstreamReceiver receiver;
  private final boolean nameless;
  private final Answers answers = new Answers();
  private final long startedAt = System.nanoTime();
  private long activeAt = startedAt;
  private @Nullable GroupEndpoint endpoint;
  private @Nullable UpstreamExchange current;
  private int attempts;
  private long tried;
  private boolean waiting;
  private boolean ready;
  private boolean readyTold;
  private boolean answered;
  private boolean tunnel;
  private boolean sentAll;
  private boolean receivedAll;
  private boolean paused;
  private boolean over;

  /**
   * @param nameless whether it is asked on nobody's behalf
   */
  GroupExchange(
      UpstreamGroup group,
      EventLoop loop,
      UpstreamRequest request,
      UpstreamReceiver receiver,
      boolean nameless) {
    this.group = group;
    this.loop = loop;
    this.request = request;
    this.receiver = receiver;
    this.nameless = nameless;
    this.sentAll = request.bodyLength() == 0;
  }

  EventLoop loop() {
    return loop;
  }

  void start() {
    switch (group.limit().enter(this)) {
      case RUNS -> {
        group.pulse().add(this);
        attempt();
      }
      case WAITS -> {
        waiting = true;
        group.pulse().add(this);
      }
      case REFUSED -> {
        over = true;
        busy();
      }
    }
  }

  private void busy() {
    tell(new UpstreamException(Kind.BUSY, text("has too many requests running"), null));
  }

  private String text(String what) {
    return "upstream " + group.name() + " " + what;
  }

  /** Its turn has come. */
  @Override
  public void admitted() {
    loop.execute(
        () -> {
          waiting = false;
          if (over) {
            group.limit().leave();
          } else {
            attempt();
          }
        });
  }

  private void attempt() {
    GroupEndpoint to = group.pick(tried);
    if (to == null) {
      finish();
      tell(new UpstreamException(Kind.UNAVAILABLE, text("has no healthy endpoint"), null));
    } else {
      attempt(to);
    }
  }

  private void attempt(GroupEndpoint to) {
    endpoint = to;
    ready = false;
    int number = ++attempts;
    activeAt = System.nanoTime();
    UpstreamExchange opened =
        (nameless ? to.nameless() : to.upstream()).open(loop, request, answers);
    if (number != attempts || over) {
      return; // it has failed in the call, and another one may have begun
    }
    current = opened;
    if (paused) {
      opened.pause();
    }
    tellReady();
  }

  /** What the endpoint says. */
  private final class Answers implements UpstreamReceiver {

    @Override
    public void ready() {
      ready = true;
      activeAt = System.nanoTime();
      GroupEndpoint at = endpoint;
      if (at != null) {
        at.connected();
      }
      if (current != null) {
        tellReady();
      }
    }

    @Override
    public void writable() {
      receiver.writable();
    }

    @Override
    public void head(UpstreamHead head) {
      answered(head);
      receiver.head(head);
    }

    @Override
    public void switched(UpstreamHead head) {
      tunnel = true;
      sentAll = false;
      answered(head);
      receiver.switched(head);
    }

    @Override
    public void data(ByteBuf piece) {
      activeAt = System.nanoTime();
      receiver.data(piece);
    }

    @Override
    public void idle() {
      receiver.idle();
    }

    @Override
    public void ended(List<String> trailers) {
      receivedAll = true;
      if (!tunnel || sentAll) {
        finish();
      }
      receiver.ended(trailers);
    }

    @Override
    public void failed(UpstreamException cause) {
      if (!over) {
        current = null;
        attemptFailed(cause);
      }
    }
  }

  /** Once, and only when the body can be written. */
  private void tellReady() {
    if (ready && !readyTold) {
      readyTold = true;
      receiver.ready();
    }
  }

  private void answered(UpstreamHead head) {
    answered = true;
    activeAt = System.nanoTime();
    group.observer().answered(head.status(), activeAt - startedAt);
  }

  private void attemptFailed(UpstreamException cause) {
    GroupEndpoint at = endpoint;
    if (at != null && cause.kind() == Kind.UNREACHABLE && !ready) {
      at.unreachable();
    }
    GroupEndpoint other = at != null && mayRetry(cause) ? another(at) : null;
    if (other != null) {
      attempt(other);
      return;
    }
    finish();
    tell(named(cause));
  }

  /** The same failure, by the upstream's name: somebody who reads it may run several. */
  private UpstreamException named(UpstreamException cause) {
    String message = String.valueOf(cause.getMessage());
    return message.startsWith(UNNAMED)
        ? new UpstreamException(
            cause.kind(), text(message.substring(UNNAMED.length())), cause.getCause())
        : cause;
  }

  private @Nullable GroupEndpoint another(GroupEndpoint failed) {
    tried |= group.bit(failed);
    return group.pick(tried);
  }

  private boolean mayRetry(UpstreamException cause) {
    if (answered || attempts > group.settings().retries()) {
      return false;
    }
    return switch (cause.kind()) {
      case UNREACHABLE -> !readyTold || request.bodyLength() == 0;
      case BROKEN -> request.repeatable();
      default -> false;
    };
  }

  private void tell(UpstreamException cause) {
    if (!answered) {
      group.observer().answered(0, System.nanoTime() - startedAt);
    }
    receiver.failed(cause);
  }

  /** Gives back what a running exchange holds, once. */
  private void finish() {
    if (!over) {
      over = true;
      group.pulse().remove(this);
      if (!waiting || !group.limit().forget(this)) {
        leave();
      }
    }
  }

  private void leave() {
    if (!waiting) {
      group.limit().leave();
    } // else its turn has just come, and whoever tells it so gives it back
  }

  // Time

  /** Whether it takes too long; called now and then. */
  void look(long now) {
    UpstreamTimeouts timeouts = group.settings().timeouts();
    long since = now - activeAt;
    if (waiting) {
      if (exceeds(now - startedAt, timeouts.connect().toNanos())) {
        finish();
        busy();
      }
    } else if (!answered) {
      // Before it is ready the connection has a time limit of its own.
      if (ready && sentAll && exceeds(since, timeouts.response().toNanos())) {
        giveUp(new UpstreamException(Kind.TIMEOUT, text("did not answer in time"), null));
      }
    } else if (!paused && exceeds(since, timeouts.idle().toNanos())) {
      giveUp(new UpstreamException(Kind.BROKEN, text("went silent"), null));
    }
  }

  private static boolean exceeds(long nanos, long limit) {
    return limit > 0 && nanos > limit;
  }

  private void giveUp(UpstreamException cause) {
    UpstreamExchange running = current;
    finish();
    if (running != null) {
      running.cancel();
    }
    tell(cause);
  }

  // What the client says

  @Override
  public boolean writable() {
    UpstreamExchange to = current;
    return to != null && to.writable();
  }

  @Override
  public void write(ByteBuf piece) {
    UpstreamExchange to = current;
    if (to == null) {
      piece.release();
    } else {
      activeAt = System.nanoTime();
      to.write(piece);
    }
  }

  @Override
  public void end() {
    end(List.of());
  }

  @Override
  public void end(List<String> trailers) {
    UpstreamExchange to = current;
    sentAll = true;
    activeAt = System.nanoTime();
    if (to != null) {
      to.end(trailers);
    }
    if (tunnel && receivedAll) {
      finish();
    }
  }

  @Override
  public void pause() {
    paused = true;
    UpstreamExchange from = current;
    if (from != null) {
      from.pause();
    }
  }

  @Override
  public void resume() {
    paused = false;
    activeAt = System.nanoTime();
    UpstreamExchange from = current;
    if (from != null) {
      from.resume();
    }
  }

  @Override
  public void cancel() {
    UpstreamExchange running = current;
    finish();
    if (running != null) {
      running.cancel();
    }
  }
}
