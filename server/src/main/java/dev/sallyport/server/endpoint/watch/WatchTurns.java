package dev.sallyport.server.endpoint.watch;

import dev.sallyport.api.StatusException;
import dev.sallyport.server.http.ResponseStream;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.WatchEvent;
import org.jspecify.annotations.Nullable;

/**
 * Tells one watch the changes of its sight, a frame at a time, as the client takes them. Belongs to
 * the watch's event loop.
 */
final class WatchTurns {

  private final WatchSight sight;
  private final WatchFrames frames;
  private final boolean bookmarks;
  private final Runnable wake;

  /** What was read elsewhere; null while it is being read. */
  private volatile @Nullable Runnable known;

  private boolean reading;
  private WatchSight.@Nullable Turn turn;
  private int told;
  private long bookmarked;
  private boolean over;
  private boolean wrote;
  private @Nullable StoreException failure;

  /**
   * @param bookmarks whether the client wants them
   * @param wake runs on the loop again what called {@link #tell}; any thread
   */
  WatchTurns(WatchSight sight, WatchFrames frames, boolean bookmarks, Runnable wake) {
    this.sight = sight;
    this.frames = frames;
    this.bookmarks = bookmarks;
    this.wake = wake;
  }

  /** Whether all is told that comes before the next event. */
  boolean settled() {
    return !reading && turn == null && failure == null && !sight.stale();
  }

  /** Whether it is told in part. */
  boolean telling() {
    return turn != null;
  }

  /** Whether nothing is seen any more. */
  boolean over() {
    return over;
  }

  /** Why it cannot be told, or null. */
  @Nullable StoreException failure() {
    return failure;
  }

  /** The newest bookmark that was written; 0 before the first. */
  long bookmarked() {
    return bookmarked;
  }

  /** Whether the last call of {@link #tell} has written anything. */
  boolean wrote() {
    return wrote;
  }

  /**
   * Writes until nothing has changed any more, or the client takes no more.
   *
   * @param position up to which everything has been told by events
   */
  void tell(ResponseStream out, long position) {
    wrote = false;
    while (out.writable()) {
      take();
      WatchSight.Turn now = turn;
      if (now != null) {
        tell(out, now);
      } else if (reading || failure != null || !sight.stale()) {
        return;
      } else {
        reading = true;
        sight.turn(position).whenDone(this::read);
      }
    }
  }

  /** Any thread. */
  private void read(WatchSight.@Nullable Turn result, @Nullable Throwable why) {
    known =
        () -> {
          turn = result;
          told = 0;
          failure = result == null ? failed(why) : null;
        };
    wake.run();
  }

  private void take() {
    Runnable result = known;
    if (reading && result != null) {
      known = null;
      reading = false;
      result.run();
    }
  }

  private static StoreException failed(@Nullable Throwable why) {
    boolean old = why instanceof StatusException refusal && refusal.status().code() == 410;
    return new StoreException(
        old ? StoreException.Kind.COMPACTED : StoreException.Kind.UNAVAILABLE,
        "what has come into sight cannot be read: " + why);
  }

  private void tell(ResponseStream out, WatchSight.Turn now) {
    if (told < now.changes().size()) {
      change(out, now.changes().get(told++));
      return;
    }
    turn = null;
    sight.turned(now);
    over = now.next() == null;
    if (!over && bookmarks && !now.changes().isEmpty()) {
      // Until now the client knew it by the versions of objects, some of which are old.
      write(out, frames.bookmark(now.position(), false));
      bookmarked = now.position();
      sight.told(bookmarked);
    }
  }

  private void change(ResponseStream out, WatchSight.Change change) {
    if (change.type() != WatchEvent.Type.DELETED && !sight.seesNow(change.object().key())) {
      failure = WatchSight.outOfSight();
      turn = null;
      return;
    }
    write(out, frames.event(change.type(), change.object()));
    sight.told(change.object().revision());
  }

  private void write(ResponseStream out, byte[] frame) {
    out.write(frame, 0, frame.length);
    wrote = true;
  }
}
