package dev.sallyport.server.endpoint.watch;

import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import org.jspecify.annotations.Nullable;

/**
 * Turns the store's events into what a watch with selectors sees: an object that begins to match is
 * added, one that ceases to match is deleted. Pure.
 */
final class EventSelector {

  private EventSelector() {}

  /**
   * @param object what the frame shows; the event's own unless {@code changed}
   * @param changed whether the frame differs from that of a watch without selectors
   */
  record Seen(WatchEvent.Type type, StoredObject object, boolean changed) {}

  /** What the watch sees of the event, or null for nothing. */
  static @Nullable Seen see(WatchScope scope, WatchEvent event) {
    boolean now = scope.covers(event.object());
    StoredObject previous = event.previous();
    switch (event.type()) {
      case ADDED -> {
        return now ? new Seen(WatchEvent.Type.ADDED, event.object(), false) : null;
      }
      case DELETED -> {
        boolean was = previous == null ? now : scope.covers(previous);
        return was ? new Seen(WatchEvent.Type.DELETED, event.object(), false) : null;
      }
      case MODIFIED -> {
        boolean was = previous != null && scope.covers(previous);
        if (now) {
          return was
              ? new Seen(WatchEvent.Type.MODIFIED, event.object(), false)
              : new Seen(WatchEvent.Type.ADDED, event.object(), true);
        }
        return was && previous != null
            ? new Seen(WatchEvent.Type.DELETED, previous.withRevision(event.revision()), true)
            : null;
      }
    }
    throw new IllegalStateException("no such event: " + event.type());
  }
}
