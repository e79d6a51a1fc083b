package dev.sallyport.server.endpoint.watch;

import dev.sallyport.api.Status;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;

/**
 * Makes the frames of one watch in its representation. Belongs to one watch and its event loop:
 * frames may depend on those before them, as a table's columns do.
 */
public interface WatchFrames {

  /** The content type of the stream. */
  String contentType();

  /** An event that every watcher is told alike; its encoding may be shared. */
  byte[] event(WatchEvent event);

  /** An event that this watch's selectors, or its start, have made. */
  byte[] event(WatchEvent.Type type, StoredObject object);

  /**
   * A bookmark.
   *
   * @param initialEnd whether it ends the initial events
   */
  byte[] bookmark(long revision, boolean initialEnd);

  /** The last frame of a watch that cannot go on. */
  byte[] error(Status status);
}
