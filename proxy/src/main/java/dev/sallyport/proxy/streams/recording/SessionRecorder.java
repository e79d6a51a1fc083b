package dev.sallyport.proxy.streams.recording;

import dev.sallyport.config.RecordingConfig;
import dev.sallyport.config.RecordingLevel;
import dev.sallyport.proxy.Upstream;
import io.netty.buffer.ByteBufAllocator;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Records the sessions of those whom its rules name. One thread of its own does all the writing, so
 * that no event loop waits for a disk. Thread safe.
 */
public final class SessionRecorder implements AutoCloseable {

  private static final int LAST_WRITES_SECONDS = 10;

  /** After which the thread goes until there is something to write again. */
  private static final int IDLE_SECONDS = 30;

  private final RecordingConfig config;
  private final RecordingFolder folder;
  private final ByteBufAllocator buffers;
  private final Clock clock;
  private final ThreadPoolExecutor writer =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(), // bounded by what each session may have unwritten
          task -> {
            Thread thread = new Thread(task, "session-recorder");
            thread.setDaemon(true);
            return thread;
          });

  public SessionRecorder(
      RecordingConfig config, RecordingFolders folders, ByteBufAllocator buffers, Clock clock) {
    this(config, folders.at(config.directory()), buffers, clock);
  }

  SessionRecorder(
      RecordingConfig config, RecordingFolder folder, ByteBufAllocator buffers, Clock clock) {
    this.config = config;
    this.folder = folder;
    this.buffers = buffers;
    this.clock = clock;
    writer.allowCoreThreadTimeOut(true);
  }

  /** The upstream as that caller gets it: as it is, or with a recorder before it. */
  public Upstream around(Upstream upstream, SessionFacts facts) {
    RecordingLevel level = level(facts);
    return level == RecordingLevel.NONE
        ? upstream
        : new RecordedUpstream(upstream, this, facts, level);
  }

  /** Nobody gets out of a recording by acting as somebody else, or into none. */
  private RecordingLevel level(SessionFacts facts) {
    RecordingLevel level = config.level(facts.user().groups());
    return facts.impersonator() == null
        ? level
        : level.or(config.level(facts.impersonator().groups()));
  }

  ExecutorService writer() {
    return writer;
  }

  RecordingFolder folder() {
    return folder;
  }

  ByteBufAllocator buffers() {
    return buffers;
  }

  Clock clock() {
    return clock;
  }

  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(LAST_WRITES_SECONDS, TimeUnit.SECONDS)) {
        writer.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
