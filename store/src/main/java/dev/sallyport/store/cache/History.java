package dev.sallyport.store.cache;

import dev.sallyport.store.WatchEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latest events of one collection in revision order, each with the objects as they were before
 * it. A ring that grows with what it holds. Not thread-safe: {@link CollectionCache} guards it.
 */
final class History {

  /**
   * @param before the collection before the event
   * @param millis when it was published, since the epoch
   */
  record Entry(WatchEvent event, ObjectTree before, long millis) {}

  private static final int SMALLEST = 16;

  private @Nullable Entry[] ring = new @Nullable Entry[SMALLEST];
  private int start;
  private int size;
  private long dropped;

  /**
   * @param dropped the revision this history begins behind
   */
  History(long dropped) {
    this.dropped = dropped;
  }

  /** Events up to this revision are gone; those behind it are all here. */
  long dropped() {
    return dropped;
  }

  void add(Entry entry) {
    if (size == ring.length) {
      resize(2 * size);
    }
    ring[(start + size) % ring.length] = entry;
    size++;
  }

  /** The oldest entry, or null. */
  @Nullable Entry oldest() {
    return size == 0 ? null : at(0);
  }

  void dropOldest() {
    dropped = at(0).event().revision();
    ring[start] = null;
    start = (start + 1) % ring.length;
    size--;
    if (ring.length > SMALLEST && size < ring.length / 4) {
      resize(ring.length / 2);
    }
  }

  /** All events behind the revision. */
  List<WatchEvent> behind(long revision) {
    int first = firstBehind(revision);
    List<WatchEvent> events = new ArrayList<>(size - first);
    for (int i = first; i < size; i++) {
      events.add(at(i).event());
    }
    return events;
  }

  /** The objects as of the revision; null when nothing was written behind it. */
  @Nullable ObjectTree treeAt(long revision) {
    int first = firstBehind(revision);
    return first == size ? null : at(first).before();
  }

  private int firstBehind(long revision) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (at(middle).event().revision() > revision) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private Entry at(int index) {
    Entry entry = ring[(start + index) % ring.length];
    if (entry == null) {
      throw new IllegalStateException("no entry " + index + " of " + size);
    }
    return entry;
  }

  private void resize(int capacity) {
    @Nullable Entry[] other = new @Nullable Entry[capacity];
    for (int i = 0; i < size; i++) {
      other[i] = at(i);
    }
    ring = other;
    start = 0;
  }
}
