package dev.sallyport.proxy.streams.recording;

import dev.sallyport.config.RecordingLevel;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.UpstreamException;
import dev.sallyport.proxy.UpstreamExchange;
import dev.sallyport.proxy.UpstreamHead;
import dev.sallyport.proxy.UpstreamReceiver;
import dev.sallyport.proxy.UpstreamRequest;
import dev.sallyport.proxy.streams.HeaderList;
import dev.sallyport.proxy.streams.StreamException;
import dev.sallyport.proxy.streams.StreamTarget;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session that is written down while it passes. Its file is made before the upstream is asked;
 * bytes pass unchanged, once the recorder has understood them; when it cannot write, or cannot
 * follow the disk, the session ends or waits. On its event loop.
 */
final class RecordedExchange implements UpstreamExchange, RecordingFile.Listener {

  private static final Logger log = LoggerFactory.getLogger(RecordedExchange.class);

  private final EventLoop loop;
  private final UpstreamRequest request;
  private final UpstreamReceiver client;
  private final SessionRecorder recorder;
  private final SessionFacts facts;
  private final RecordingLevel level;
  private @Nullable Recording recording;
  private @Nullable UpstreamExchange upstream;
  private @Nullable Tap tap;
  private boolean paused;
  private boolean waiting;
  private boolean clientSilent;
  private boolean upstreamSilent;
  private boolean over;

  RecordedExchange(
      EventLoop loop,
      UpstreamRequest request,
      UpstreamReceiver client,
      SessionRecorder recorder,
      SessionFacts facts,
      RecordingLevel level) {
    this.loop = loop;
    this.request = request;
    this.client = client;
    this.recorder = recorder;
    this.facts = facts;
    this.level = level;
  }

  /**
   * @param target null for a session that cannot be recorded
   */
  void start(Upstream to, @Nullable StreamTarget target) {
    if (target == null) {
      loop.execute(() -> refuse("sessions through a node's proxy cannot be recorded", null));
      return;
    }
    try {
      recorder.writer().execute(() -> create(to, target));
    } catch (RejectedExecutionException e) {
      loop.execute(() -> refuse("the session recorder has been closed", e));
    }
  }

  /** On the writer's thread. */
  private void create(Upstream to, StreamTarget target) {
    try {
      Recording made = Recording.create(recorder, facts, level, target, this);
      loop.execute(() -> open(to, made));
    } catch (IOException e) {
      loop.execute(() -> refuse("this session must be recorded and cannot be", e));
    }
  }

  private void open(Upstream to, Recording made) {
    if (over) {
      made.abandon();
      return;
    }
    recording = made;
    // An extension could hide what is said.
    HeaderList headers = HeaderList.without(request.headers(), "sec-websocket-extensions");
    UpstreamRequest asked =
        request.rewritten(
            request.method(), request.target(), headers, request.bodyLength(), request.upgrade());
    UpstreamExchange opened = to.open(loop, asked, new FromUpstream());
    upstream = opened;
    if (over) {
      opened.cancel();
    } else if (paused) {
      opened.pause();
    }
  }

  private void refuse(String why, @Nullable Throwable cause) {
    if (over) {
      return;
    }
    log.error(
        "session {} of {} ends: {} ({})",
        facts.auditId(),
        facts.user().name(),
        why,
        String.valueOf(cause));
    UpstreamExchange running = upstream;
    finish();
    if (running != null) {
      running.cancel();
    }
    client.failed(new UpstreamException(UpstreamException.Kind.UNRECORDED, why, cause));
  }

  private void finish() {
    over = true;
    Tap running = tap;
    Recording begun = recording;
    tap = null;
    recording = null;
    if (running != null) {
      running.close();
    } else if (begun != null) {
      begun.abandon();
    }
  }

  // The disk, on the writer's thread

  @Override
  public void drained() {
    loop.execute(this::goOn);
  }

  @Override
  public void broken(IOException cause) {
    loop.execute(() -> refuse("the recording cannot be written any more", cause));
  }

  private void goOn() {
    UpstreamExchange running = upstream;
    if (waiting && !over && running != null) {
      waiting = false;
      if (!paused) {
        running.resume();
      }
      client.writable();
    }
  }

  private void waitForTheDisk() {
    Recording running = recording;
    UpstreamExchange from = upstream;
    if (!waiting && running != null && running.full() && from != null) {
      waiting = true;
      from.pause();
    }
  }

  // The client

  @Override
  public boolean writable() {
    UpstreamExchange to = upstream;
    return to != null && !waiting && to.writable();
  }

  @Override
  public void write(ByteBuf piece) {
    Tap listening = tap;
    UpstreamExchange to = upstream;
    if (over || to == null || listening == null) {
      piece.release();
      return;
    }
    try {
      listening.fromClient(piece.copy());
    } catch (StreamException e) {
      piece.release();
      refuse("the recorder does not understand the client: " + e.getMessage(), e);
      return;
    }
    to.write(piece);
    waitForTheDisk();
  }

  @Override
  public void end() {
    UpstreamExchange to = upstream;
    if (!over && to != null) {
      clientSilent = true;
      to.end();
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
    UpstreamExchange from = upstream;
    if (from != null && !waiting) {
      from.resume();
    }
  }

  @Override
  public void cancel() {
    UpstreamExchange from = upstream;
    finish();
    if (from != null) {
      from.cancel();
    }
  }

  private void settle() {
    if (clientSilent && upstreamSilent && !over) {
      finish();
    }
  }

  /** The upstream. */
  private final class FromUpstream implements UpstreamReceiver {

    @Override
    public void ready() {
      client.ready();
    }

    @Override
    public void writable() {
      if (!waiting) {
        client.writable();
      }
    }

    /** No session comes of it. */
    @Override
    public void head(UpstreamHead head) {
      Recording unused = recording;
      recording = null;
      if (unused != null) {
        unused.abandon();
      }
      client.head(head);
    }

    @Override
    public void switched(UpstreamHead head) {
      Recording begun = recording;
      Tap made = begun == null ? null : begun.tap(request.upgrade(), head.lines());
      if (made == null) {
        refuse("what the client and the upstream agreed to speak cannot be recorded", null);
        return;
      }
      tap = made;
      client.switched(head);
    }

    @Override
    public void data(ByteBuf piece) {
      Tap listening = tap;
      if (over) {
        piece.release();
        return;
      }
      if (listening != null) {
        try {
          listening.fromUpstream(piece.copy());
        } catch (StreamException e) {
          piece.release();
          refuse("the recorder does not understand the upstream: " + e.getMessage(), e);
          return;
        }
      }
      client.data(piece);
      waitForTheDisk();
    }

    @Override
    public void idle() {
      if (!over) {
        client.idle();
      }
    }

    @Override
    public void ended(List<String> trailers) {
      if (!over) {
        upstreamSilent = true;
        client.ended(trailers);
        settle();
      }
    }

    @Override
    public void failed(UpstreamException cause) {
      if (!over) {
        finish();
        client.failed(cause);
      }
    }
  }
}
