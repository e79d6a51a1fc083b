package dev.sallyport.store.embedded;

import dev.sallyport.store.StoreOpenException;
import dev.sallyport.store.StoreOpenException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Looks for damage in a write-ahead log that a crash has left. SQLite reads such a log up to the
 * first frame whose checksum is wrong and takes the rest for the torn end of an unfinished
 * transaction: with a flipped bit in the middle it would silently drop acknowledged writes. A torn
 * end is at most one transaction, though, as the next one begins only when the one before is on the
 * disk. So whoever finds, behind a bad frame, the end of a transaction and one more frame of the
 * same log, has found damage.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html#the_write_ahead_log">The WAL format</a>
 */
final class WriteAheadLog {

  private static final int HEADER = 32;
  private static final int FRAME_HEADER = 24;

  /** Its lowest bit tells the byte order of the checksums. */
  private static final int MAGIC = 0x377f0682;

  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer header = ByteBuffer.allocate(HEADER);
  private int sum0;
  private int sum1;

  private WriteAheadLog(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * @param file the log's file, which need not exist
   * @throws StoreOpenException when it is damaged
   */
  static void check(Path file) throws StoreOpenException {
    try {
      if (!Files.exists(file) || Files.size(file) == 0) {
        return;
      }
      try (FileChannel channel = FileChannel.open(file)) {
        new WriteAheadLog(file, channel).check();
      }
    } catch (IOException e) {
      throw new StoreOpenException(Kind.UNUSABLE, file, "cannot be read: " + e, e);
    }
  }

  private void check() throws IOException, StoreOpenException {
    if (channel.size() < HEADER) {
      throw damaged("its header is cut off");
    }
    fill(header, 0);
    ByteOrder order = (header.getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    addToSums(header.duplicate().limit(FRAME_HEADER).order(order));
    int pageSize = header.getInt(8);
    boolean known = (header.getInt(0) & ~1) == MAGIC && pageSize >= 512 && pageSize <= 65_536;
    if (!known || sum0 != header.getInt(24) || sum1 != header.getInt(28)) {
      throw damaged("its header is wrong");
    }
    ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER + pageSize);
    int frames = (int) ((channel.size() - HEADER) / frame.capacity());
    int whole = countWhole(frame, frames, order);
    if (whole < frames) {
      requireTornEnd(frame, whole, frames);
    }
  }

  /** How many frames from the start are as they were written. */
  private int countWhole(ByteBuffer frame, int frames, ByteOrder order) throws IOException {
    for (int i = 0; i < frames; i++) {
      fill(frame, position(frame, i));
      addToSums(frame.duplicate().limit(8).order(order));
      addToSums(frame.duplicate().position(FRAME_HEADER).order(order));
      if (!isOfThisLog(frame) || sum0 != frame.getInt(16) || sum1 != frame.getInt(20)) {
        return i;
      }
    }
    return frames;
  }

  private void requireTornEnd(ByteBuffer frame, int bad, int frames)
      throws IOException, StoreOpenException {
    boolean transactionEnded = false;
    for (int i = bad; i < frames; i++) {
      fill(frame.limit(FRAME_HEADER), position(frame, i));
      boolean ours = isOfThisLog(frame);
      if (ours && transactionEnded) {
        throw damaged("frame " + (bad + 1) + " of " + frames + " is wrong");
      }
      // The bad frame itself may have been the one that ends a transaction: its salts may be what
      // is wrong with it, so its size field counts whatever they are.
      transactionEnded |= (ours || i == bad) && frame.getInt(4) != 0;
    }
  }

  private boolean isOfThisLog(ByteBuffer frame) {
    return frame.getInt(8) == header.getInt(16) && frame.getInt(12) == header.getInt(20);
  }

  private static long position(ByteBuffer frame, int index) {
    return HEADER + (long) index * frame.capacity();
  }

  /** Adds what remains in the buffer to the running checksum. */
  private void addToSums(ByteBuffer words) {
    while (words.hasRemaining()) {
      sum0 += words.getInt() + sum1;
      sum1 += words.getInt() + sum0;
    }
  }

  /** Fills the buffer up to its limit; it is then read by absolute places or from its start. */
  private void fill(ByteBuffer buffer, long position) throws IOException {
    buffer.rewind();
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException(file + " ends early");
      }
    }
    buffer.rewind();
  }

  private StoreOpenException damaged(String fault) {
    return new StoreOpenException(
        Kind.DAMAGED,
        file,
        "is damaged: "
            + fault
            + " (acknowledged writes may be behind it; removing the file"
            + " gives them up)",
        null);
  }
}
