package dev.sallyport.resources.registry;

import dev.sallyport.api.Answer;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.CustomKind;
import dev.sallyport.store.ResourceStore.WatchSink;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has a watch's objects converted by a webhook, and tells them in the order in which they came. A
 * webhook that fails, or that is too slow by far, ends the watch.
 */
final class ConvertedEvents implements WatchSink {

  private static final int MOST_WAITING = 4096;

  private final CustomKind kind;
  private final WatchSink sink;

  /** What came and has not been told, in order. Guarded by this. */
  private final Deque<Told> waiting = new ArrayDeque<>();

  private boolean over;

  /** Something to tell, once it is ready. */
  private static final class Told {
    private @Nullable Runnable how;
  }

  ConvertedEvents(CustomKind kind, WatchSink sink) {
    this.kind = kind;
    this.sink = sink;
  }

  @Override
  public void event(WatchEvent event) {
    Told told = queued();
    if (told != null) {
      converted(event)
          .whenDone(
              (shown, failure) ->
                  ready(told, shown == null ? () -> fail(failure) : () -> sink.event(shown)));
    }
  }

  @Override
  public void progress(long revision) {
    Told told = queued();
    if (told != null) {
      ready(told, () -> sink.progress(revision));
    }
  }

  @Override
  public void ended(@Nullable StoreException failure) {
    Told told = queued();
    if (told != null) {
      ready(told, () -> sink.ended(failure));
    }
  }

  private synchronized @Nullable Told queued() {
    if (over) {
      return null;
    }
    if (waiting.size() >= MOST_WAITING) {
      fail(new IllegalStateException("the conversion webhook is too slow for this watch"));
      return null;
    }
    Told told = new Told();
    waiting.add(told);
    return told;
  }

  private synchronized void ready(Told told, Runnable how) {
    told.how = how;
    while (!over) {
      Told first = waiting.peek();
      Runnable next = first == null ? null : first.how;
      if (next == null) {
        return;
      }
      waiting.remove();
      next.run();
    }
  }

  private void fail(@Nullable Throwable why) {
    over = true;
    waiting.clear();
    String message =
        why instanceof StatusException refusal ? refusal.status().message() : String.valueOf(why);
    sink.ended(new StoreException(StoreException.Kind.UNAVAILABLE, message));
  }

  private Answer<WatchEvent> converted(WatchEvent event) {
    StoredObject previous = event.previous();
    List<StoredObject> both =
        previous == null ? List.of(event.object()) : List.of(event.object(), previous);
    try {
      return kind.shown(both)
          .map(
              shown ->
                  shown.get(0) == event.object()
                      ? event
                      : new WatchEvent(
                          event.type(), shown.get(0), shown.size() > 1 ? shown.get(1) : null));
    } catch (RuntimeException e) {
      return Answer.failed(e);
    }
  }
}
