package dev.sallyport.store;

import org.jspecify.annotations.Nullable;

/**
 * One write, in revision order.
 *
 * <p>A deletion carries the object's last state with the deletion's revision as its
 * resourceVersion. The event object is shared by all watchers: {@code encoded} keeps its bytes.
 */
public final class WatchEvent {

  /** What the write did. */
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }

  private final Type type;
  private final StoredObject object;
  private final @Nullable StoredObject previous;
  private volatile byte @Nullable [] encoded;

  public WatchEvent(Type type, StoredObject object, @Nullable StoredObject previous) {
    this.type = type;
    this.object = object;
    this.previous = previous;
  }

  public Type type() {
    return type;
  }

  public long revision() {
    return object.revision();
  }

  public StoredObject object() {
    return object;
  }

  /** The state before this write; null for an addition. */
  public @Nullable StoredObject previous() {
    return previous;
  }

  /** The bytes somebody kept with {@link #keepEncoded}, or null. */
  public byte @Nullable [] encoded() {
    return encoded;
  }

  /** Keeps the event's encoding for the other watchers; a race keeps either. */
  public void keepEncoded(byte[] bytes) {
    encoded = bytes;
  }
}
