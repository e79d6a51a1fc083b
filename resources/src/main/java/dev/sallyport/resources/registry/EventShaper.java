package dev.sallyport.resources.registry;

import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Shows the store's events as a watch with selectors sees them: an object that begins to match is
 * added, one that ceases to match is deleted. Any thread.
 */
public final class EventShaper {

  private final ListOptions options;
  private final ObjectView view;
  private final GroupVersionKind kind;

  EventShaper(ListOptions options, ObjectView view, GroupVersionKind kind) {
    this.options = options;
    this.view = view;
    this.kind = kind;
  }

  /**
   * What a watcher sees.
   *
   * @param event where {@code object} and type are the store's own, so that an encoding kept with
   *     it may be used; null where this watch sees the write differently
   */
  public record Shaped(WatchEvent.Type type, StoredObject object, @Nullable WatchEvent event) {}

  /** The event for this watch, or null when it sees nothing. */
  public @Nullable Shaped shape(WatchEvent event) {
    if (!options.selects()) {
      return shaped(event.type(), view.served(event.object()), event);
    }
    StoredObject object = view.served(event.object());
    StoredObject previous = event.previous() == null ? null : view.served(event.previous());
    boolean before = previous != null && options.matches(previous);
    if (event.type() == WatchEvent.Type.DELETED) {
      return before ? shaped(WatchEvent.Type.DELETED, object, event) : null;
    }
    boolean now = options.matches(object);
    if (now) {
      return shaped(before ? WatchEvent.Type.MODIFIED : WatchEvent.Type.ADDED, object, event);
    }
    if (!before || previous == null) {
      return null;
    }
    // The watcher knew the object as it was; it learns at which version it lost it.
    return new Shaped(WatchEvent.Type.DELETED, previous.withRevision(event.revision()), null);
  }

  private Shaped shaped(WatchEvent.Type type, StoredObject object, WatchEvent event) {
    boolean asStored = object == event.object() && type == event.type();
    return new Shaped(type, object, asStored ? event : null);
  }

  /**
   * A bookmark's object as JSON: nothing but a version.
   *
   * @param initialEnd whether it ends the initial events
   */
  public byte[] bookmark(long revision, boolean initialEnd) {
    StringBuilder json = new StringBuilder(160);
    json.append("{\"kind\":\"").append(kind.kind());
    json.append("\",\"apiVersion\":\"").append(kind.apiVersion());
    json.append("\",\"metadata\":{\"resourceVersion\":\"").append(revision).append('"');
    if (initialEnd) {
      json.append(",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}");
    }
    return json.append("}}").toString().getBytes(StandardCharsets.UTF_8);
  }
}
