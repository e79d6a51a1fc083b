package dev.sallyport.proxy.streams.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session's file. Whoever hands pieces on asks {@link #full} and waits for {@link
 * Listener#drained}: nothing is kept beyond that but the piece at hand. All but the constructor may
 * be called by any thread; the file is touched by the writer's alone.
 */
final class RecordingFile {

  private static final Logger log = LoggerFactory.getLogger(RecordingFile.class);

  /** Queued bytes above which the session waits for the disk. */
  private static final long HIGH = 1 << 20;

  private static final long LOW = HIGH / 2;

  /** What a queued piece costs beside its bytes. */
  private static final int PIECE = 200;

  /** Hears about the disk, on the writer's thread. */
  interface Listener {
    /** There is room again. */
    void drained();

    /** Nothing can be written any more. */
    void broken(IOException cause);
  }

  private final RecordingFolder folder;
  private final Path path;
  private final SeekableByteChannel file;
  private final ExecutorService writer;
  private final Listener listener;
  private final AtomicLong queued = new AtomicLong();
  private volatile boolean broken;

  private RecordingFile(
      RecordingFolder folder,
      Path path,
      SeekableByteChannel file,
      ExecutorService writer,
      Listener listener) {
    this.folder = folder;
    this.path = path;
    this.file = file;
    this.writer = writer;
    this.listener = listener;
  }

  /** Makes it in the recorder's folder. Blocks: on the writer's thread. */
  static RecordingFile create(
      SessionRecorder recorder, Instant start, String auditId, String suffix, Listener listener)
      throws IOException {
    RecordingFolder folder = recorder.folder();
    Path path = folder.create(start, auditId, suffix);
    try {
      return new RecordingFile(folder, path, folder.open(path), recorder.writer(), listener);
    } catch (IOException e) {
      folder.ended(path);
      throw e;
    }
  }

  /** Writes the first bytes, and closes the file when it cannot. Blocks: on the writer's thread. */
  void beginNow(byte[] text) throws IOException {
    try {
      put(text);
    } catch (IOException e) {
      file.close();
      folder.ended(path);
      throw e;
    }
  }

  private void put(byte[] text) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(text);
    while (rest.hasRemaining()) {
      file.write(rest);
    }
  }

  /** Whether whoever writes shall wait. */
  boolean full() {
    return queued.get() > HIGH;
  }

  /**
   * Queues something to write.
   *
   * @param size about how many bytes it holds until then
   * @param text made on the writer's thread
   */
  void append(int size, Supplier<byte[]> text) {
    long cost = size + (long) PIECE;
    queued.addAndGet(cost);
    submit(
        () -> {
          write(text.get(), -1);
          if (queued.addAndGet(-cost) <= LOW) {
            listener.drained();
          }
        });
  }

  /** Writes over what stands at the file's beginning. */
  void begin(byte[] text) {
    submit(() -> write(text, 0));
  }

  /** Everything is said; makes it last. */
  void end(Supplier<byte[]> last) {
    submit(
        () -> {
          write(last.get(), -1);
          close();
        });
  }

  private void submit(Runnable task) {
    try {
      writer.execute(task);
    } catch (RejectedExecutionException e) {
      fail(new IOException("the recorder has been closed", e));
    }
  }

  private void write(byte[] text, long position) {
    if (broken) {
      return;
    }
    try {
      long end = file.size();
      file.position(position < 0 ? end : position);
      put(text);
    } catch (IOException e) {
      fail(e);
    }
  }

  private void fail(IOException cause) {
    if (!broken) {
      broken = true;
      listener.broken(cause);
    }
  }

  /** There was nothing to record after all. */
  void discard() {
    submit(
        () -> {
          close();
          try {
            folder.discard(path);
          } catch (IOException e) {
            log.warn("The empty recording {} cannot be removed: {}", path, e.toString());
          }
        });
  }

  private void close() {
    try {
      if (file instanceof FileChannel channel) {
        channel.force(false);
      }
      file.close();
    } catch (IOException e) {
      fail(e);
    } finally {
      folder.ended(path);
    }
  }
}
