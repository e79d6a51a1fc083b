package dev.sallyport.server.endpoint.watch;

import dev.sallyport.api.Status;
import dev.sallyport.resources.AnswerEncoder;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.resources.registry.EventShaper;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import org.jspecify.annotations.Nullable;

/**
 * Makes the frames of one watch in its representation. Belongs to one watch and its event loop:
 * frames may depend on those before them, as a table's columns do.
 */
public interface WatchFrames {

  /**
   * Objects as they are.
   *
   * @param encoder null for JSON
   */
  static WatchFrames of(BodyFormat format, @Nullable AnswerEncoder encoder, EventShaper shaper) {
    return encoder == null
        ? new JsonFrames(shaper)
        : new TransformedFrames(format, encoder, TransformedFrames.none(shaper));
  }

  /** Objects changed for the client, in JSON unless there is an encoder. */
  static WatchFrames of(
      BodyFormat format, @Nullable AnswerEncoder encoder, TransformedFrames.Transform transform) {
    return new TransformedFrames(format, encoder, transform);
  }

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
