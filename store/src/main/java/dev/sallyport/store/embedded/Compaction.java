package dev.sallyport.store.embedded;

import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import java.util.Arrays;

/**
 * The rows that history no longer needs, collected until it pays to remove them. Up to the
 * compacted revision the log keeps one row for each object there was then, and behind it every
 * write.
 *
 * <p>Publishing thread only.
 */
final class Compaction {

  private long[] rows = new long[64];
  private int size;
  private long compacted;
  private long kept;

  /**
   * @param compacted as stored
   * @param kept how many rows there are up to that revision
   */
  Compaction(long compacted, long kept) {
    this.compacted = compacted;
    this.kept = kept;
  }

  /** The event, one behind the compacted revision, leaves history. */
  void add(WatchEvent event) {
    StoredObject previous = event.previous();
    if (previous == null) {
      kept++;
    } else {
      addRow(previous.revision());
    }
    if (event.type() == WatchEvent.Type.DELETED) {
      kept--;
      addRow(event.revision());
    }
    compacted = event.revision();
  }

  int size() {
    return size;
  }

  long row(int index) {
    return rows[index];
  }

  long compacted() {
    return compacted;
  }

  long kept() {
    return kept;
  }

  /** The rows are removed, and what is compacted and kept is stored. */
  void done() {
    size = 0;
  }

  private void addRow(long revision) {
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
    }
    rows[size++] = revision;
  }
}
