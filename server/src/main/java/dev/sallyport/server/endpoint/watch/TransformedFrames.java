package dev.sallyport.server.endpoint.watch;

import dev.sallyport.api.Status;
import dev.sallyport.resources.AnswerEncoder;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.resources.registry.EventShaper;
import dev.sallyport.server.response.StatusJson;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import org.jspecify.annotations.Nullable;

/** Frames whose objects are changed first (tables, metadata), or that are not JSON. */
public final class TransformedFrames implements WatchFrames {

  /** Makes of an object what the client wants to see; called in order, for one watch. */
  public interface Transform {
    byte[] apply(StoredObject object);

    /** What a bookmark is an object of. */
    byte[] bookmark(long revision, boolean initialEnd);
  }

  private final BodyFormat format;
  private final @Nullable AnswerEncoder encoder;
  private final Transform transform;

  /**
   * @param encoder for anything but JSON
   */
  TransformedFrames(BodyFormat format, @Nullable AnswerEncoder encoder, Transform transform) {
    this.format = format;
    this.encoder = encoder;
    this.transform = transform;
  }

  /** Objects as they are. */
  static Transform none(EventShaper shaper) {
    return new Transform() {
      @Override
      public byte[] apply(StoredObject object) {
        return object.json();
      }

      @Override
      public byte[] bookmark(long revision, boolean initialEnd) {
        return shaper.bookmark(revision, initialEnd);
      }
    };
  }

  @Override
  public String contentType() {
    return format.streamType();
  }

  @Override
  public byte[] event(WatchEvent event) {
    return event(event.type(), event.object());
  }

  @Override
  public byte[] event(WatchEvent.Type type, StoredObject object) {
    return frame(type.name(), transform.apply(object));
  }

  @Override
  public byte[] bookmark(long revision, boolean initialEnd) {
    return frame("BOOKMARK", transform.bookmark(revision, initialEnd));
  }

  @Override
  public byte[] error(Status status) {
    return frame("ERROR", StatusJson.encode(status));
  }

  private byte[] frame(String type, byte[] json) {
    return encoder == null ? JsonFrames.frame(type, json) : encoder.watchFrame(type, json);
  }
}
