package dev.sallyport.server.endpoint.watch;

import dev.sallyport.api.Answer;
import dev.sallyport.authz.Sight;
import dev.sallyport.resources.registry.WatchPlan;
import dev.sallyport.server.sight.SightLedger;
import dev.sallyport.server.sight.Sighting;
import dev.sallyport.store.Key;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one watch sees, and how it gets from one sight to the next: by telling what came into sight
 * as ADDED and what went out of it as DELETED. Belongs to the watch's event loop.
 */
public final class WatchSight {

  private final SightLedger.@Nullable Place place;
  private final WatchPlan.Past past;
  private final LongSupplier observed;
  private Sighting sighting;
  private @Nullable Sighting latest;
  private long told;
  private boolean nothing;
  private boolean closed;

  /**
   * @param place null when the watch must not go on from where the client wants it to
   * @param past reads what is watched as it was
   * @param observed the newest revision of which everything has been told
   */
  public WatchSight(
      Sighting sighting,
      SightLedger.@Nullable Place place,
      WatchPlan.Past past,
      LongSupplier observed) {
    this.sighting = sighting;
    this.latest = sighting;
    this.place = place;
    this.past = past;
    this.observed = observed;
  }

  /**
   * A change of sight.
   *
   * @param changes what to tell, in order
   * @param position what has been told is whole up to this revision, before and behind the changes
   * @param next what is seen then; null for nothing, with which the watch ends
   */
  record Turn(List<Change> changes, long position, @Nullable Sighting next) {}

  /** An object that comes into sight or goes out of it. */
  record Change(WatchEvent.Type type, StoredObject object) {}

  /** Whether the client has to begin anew from a list. */
  boolean refused() {
    return place == null;
  }

  /** The newest revision, for the refusal. */
  long newest() {
    return observed.getAsLong();
  }

  /** Whether bindings are never asked for what it sees. */
  boolean fixed() {
    return sighting.granted();
  }

  /** Whether bindings have changed, so that a turn may be due. */
  boolean stale() {
    return !nothing && !sighting.current();
  }

  boolean sees(Key key) {
    return !nothing && sighting.sees(key);
  }

  /**
   * Whether it is seen now, even where the turn has not been made. Once something is not, the watch
   * has to end: were it left out, and in sight again before the next turn, nobody would tell it.
   */
  boolean seesNow(Key key) {
    Sighting now = latest;
    if (now != null && !now.current()) {
      now = now.renewed();
      latest = now;
    }
    return now != null && now.sees(key);
  }

  /** Why a watch ends whose client would have to be told what has gone out of sight meanwhile. */
  static StoreException outOfSight() {
    return new StoreException(
        StoreException.Kind.COMPACTED, "what was to be told has gone out of sight");
  }

  /** The client was told this revision. */
  void told(long revision) {
    told = Math.max(told, revision);
    if (place != null) {
      place.told(revision);
    }
  }

  /**
   * The turn to what is seen now.
   *
   * @param position the client knows everything up to this revision; at least what it was told
   */
  Answer<Turn> turn(long position) {
    Sighting next = sighting.renewed();
    latest = next;
    Sight before = sighting.sight();
    Sight after = next == null ? Sight.NOTHING : next.sight();
    if (after.equals(before)) {
      return Answer.now(new Turn(List.of(), position, next));
    }
    Set<String> where = after.differing(before);
    Sighting kind = sighting;
    Predicate<Key> which = key -> kind.sees(before, key) != kind.sees(after, key);
    return past.at(position, where, which).map(found -> turn(found, after, position, next));
  }

  private Turn turn(List<StoredObject> found, Sight after, long position, @Nullable Sighting next) {
    List<Change> changes = new ArrayList<>(found.size());
    long highest = 0;
    for (StoredObject object : found) {
      if (sighting.sees(after, object.key())) {
        changes.add(new Change(WatchEvent.Type.ADDED, object));
        highest = Math.max(highest, object.revision());
      }
    }
    for (StoredObject object : found) {
      if (!sighting.sees(after, object.key())) {
        // Before the position where that can be: what stands at it is told with the bookmark.
        long revision = Math.max(Math.max(told, object.revision()), position - 1);
        changes.add(new Change(WatchEvent.Type.DELETED, object.withRevision(revision)));
        highest = Math.max(highest, revision);
      }
    }
    if (place != null && !changes.isEmpty()) {
      place.turning(highest);
    }
    return new Turn(changes, position, next);
  }

  /** All changes of the turn have been told. */
  void turned(Turn turn) {
    Sighting next = turn.next();
    if (next == null) {
      nothing = true;
      return;
    }
    if (place != null && !next.sight().equals(sighting.sight())) {
      place.moved(next.sight(), turn.position());
    }
    sighting = next;
  }

  void close() {
    if (place != null && !closed) {
      closed = true;
      if (sighting.granted()) {
        place.told(observed.getAsLong()); // its events were not counted one by one
      }
      place.close();
    }
  }
}
