package dev.sallyport.proxy.streams.translation;

import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.streams.StreamException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the client's and the upstream's side of a tunnel and recodes what passes. Keeps
 * nothing but what came while the other side was not ready yet; all else waits on the network.
 */
final class TranslatedExchange implements UpstreamExchange, Ends {

  /** Answers to a peer that does not read what it is sent. */
  private static final int MAX_UNREAD_REPLIES = 64;

  private final Plan plan;
  private final UpstreamReceiver client;
  private final ArrayDeque<ByteBuf> held = new ArrayDeque<>(0);
  private @Nullable UpstreamExchange upstream;
  private @Nullable Translation translation;
  private int unreadByClient;
  private int unreadByUpstream;
  private boolean paused;
  private boolean clientTold;
  private boolean upstreamTold;
  private boolean upstreamSilent;
  private boolean over;

  TranslatedExchange(Plan plan, UpstreamReceiver client) {
    this.plan = plan;
    this.client = client;
  }

  /** Hears what the upstream says. */
  UpstreamReceiver receiver() {
    return new FromUpstream();
  }

  void opened(UpstreamExchange exchange) {
    upstream = exchange;
    if (over) {
      exchange.cancel();
    }
  }

  // What the client does

  @Override
  public boolean writable() {
    UpstreamExchange to = upstream;
    Translation running = translation;
    return to != null && to.writable() && (running == null || running.upstreamReady());
  }

  @Override
  public void write(ByteBuf piece) {
    Translation running = translation;
    if (over || running == null) {
      piece.release();
      return;
    }
    try {
      running.fromClient(piece);
      release(running);
    } catch (StreamException e) {
      fail(UpstreamException.Kind.UNSPEAKABLE, e);
    }
    if (!over) {
      client.idle();
    }
  }

  @Override
  public void end() {
    if (!over) {
      endUpstream();
      settle();
    }
  }

  @Override
  public void pause() {
    paused = true;
    UpstreamExchange from = upstream;
    if (from != null) {
      from.pause();
    }
  }

  @Override
  public void resume() {
    paused = false;
    unreadByClient = 0;
    UpstreamExchange from = upstream;
    if (from != null && held.isEmpty()) {
      from.resume();
    }
  }

  @Override
  public void cancel() {
    finish();
    UpstreamExchange from = upstream;
    if (from != null) {
      from.cancel();
    }
  }

  // What the upstream does

  private void begin(UpstreamHead head) {
    UpstreamHead translated;
    try {
      translated = plan.head().of(head);
    } catch (StreamException e) {
      fail(UpstreamException.Kind.MALFORMED, e);
      return;
    }
    Translation begun = plan.translation().apply(this);
    translation = begun;
    client.switched(translated);
    if (!over) {
      begun.start();
      client.idle();
    }
  }

  private void receive(ByteBuf piece) {
    Translation running = translation;
    if (running == null && !over) {
      client.data(piece); // the body of an ordinary answer
    } else if (over || running == null) {
      piece.release();
    } else if (!held.isEmpty() || !running.clientReady()) {
      held.add(piece);
      pauseUpstream();
    } else {
      hand(running, piece);
    }
  }

  private void hand(Translation to, ByteBuf piece) {
    boolean wasReady = to.upstreamReady();
    try {
      to.fromUpstream(piece);
    } catch (StreamException e) {
      fail(UpstreamException.Kind.MALFORMED, e);
      return;
    }
    if (!over && !wasReady && to.upstreamReady()) {
      client.writable();
    }
  }

  /** The client may have become ready for what the upstream has said meanwhile. */
  private void release(Translation running) {
    if (over || held.isEmpty() || !running.clientReady()) {
      return;
    }
    for (ByteBuf piece = held.poll(); piece != null; piece = held.poll()) {
      hand(running, piece);
    }
    if (!over && upstreamSilent) {
      running.upstreamEnded();
      settle();
    }
    if (!over && !paused) {
      resume();
    }
  }

  private void pauseUpstream() {
    UpstreamExchange from = upstream;
    if (from != null) {
      from.pause();
    }
  }

  private void upstreamEnded() {
    upstreamSilent = true;
    Translation running = translation;
    if (!over && held.isEmpty() && running != null) {
      running.upstreamEnded();
      settle();
    }
  }

  private void fail(UpstreamException.Kind kind, StreamException cause) {
    if (over) {
      return;
    }
    finish();
    UpstreamExchange from = upstream;
    if (from != null) {
      from.cancel();
    }
    client.failed(new UpstreamException(kind, String.valueOf(cause.getMessage()), cause));
  }

  // What the translation makes

  @Override
  public void toClient(ByteBuf bytes) {
    if (over || clientTold) {
      bytes.release();
    } else {
      client.data(bytes);
    }
  }

  @Override
  public void toUpstream(ByteBuf bytes) {
    UpstreamExchange to = upstream;
    if (over || upstreamTold || to == null) {
      bytes.release();
    } else {
      to.write(bytes);
    }
  }

  @Override
  public void replyToClient(ByteBuf bytes) {
    if (paused && ++unreadByClient > MAX_UNREAD_REPLIES) {
      bytes.release();
      fail(
          UpstreamException.Kind.UNSPEAKABLE,
          new StreamException("the client asks for answers and does not read them"));
    } else {
      toClient(bytes);
    }
  }

  @Override
  public void replyToUpstream(ByteBuf bytes) {
    UpstreamExchange to = upstream;
    if (to != null && !to.writable() && ++unreadByUpstream > MAX_UNREAD_REPLIES) {
      bytes.release();
      fail(
          UpstreamException.Kind.MALFORMED,
          new StreamException("the upstream asks for answers and does not read them"));
    } else {
      toUpstream(bytes);
    }
  }

  @Override
  public void endClient() {
    if (!over && !clientTold) {
      clientTold = true;
      client.ended(List.of());
    }
  }

  @Override
  public void endUpstream() {
    UpstreamExchange to = upstream;
    if (!over && !upstreamTold && to != null) {
      upstreamTold = true;
      to.end();
    }
  }

  /** Nothing can come or go any more. */
  private void settle() {
    if (upstreamSilent && upstreamTold && clientTold) {
      finish();
    }
  }

  private void finish() {
    over = true;
    Translation running = translation;
    if (running != null) {
      running.close();
    }
    for (ByteBuf piece = held.poll(); piece != null; piece = held.poll()) {
      piece.release();
    }
  }

  /** What the upstream does. */
  private final class FromUpstream implements UpstreamReceiver {

    @Override
    public void ready() {
      client.ready();
    }

    @Override
    public void writable() {
      unreadByUpstream = 0;
      client.writable();
    }

    @Override
    public void head(UpstreamHead head) {
      client.head(head);
    }

    @Override
    public void switched(UpstreamHead head) {
      begin(head);
    }

    @Override
    public void data(ByteBuf piece) {
      receive(piece);
    }

    @Override
    public void idle() {
      if (!over) {
        client.idle();
      }
    }

    @Override
    public void ended(List<String> trailers) {
      if (translation == null) {
        client.ended(trailers);
      } else {
        upstreamEnded();
      }
    }

    @Override
    public void failed(UpstreamException cause) {
      if (!over) {
        boolean saidAll = clientTold;
        finish();
        if (!saidAll) {
          client.failed(cause);
        }
      }
    }
  }
}
