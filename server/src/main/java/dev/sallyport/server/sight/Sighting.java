package dev.sallyport.server.sight;

import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.Sight;
import dev.sallyport.authz.SightSource;
import dev.sallyport.store.Key;
import org.jspecify.annotations.Nullable;

/**
 * What one user saw of one kind at one moment. Immutable, for any thread.
 *
 * <p>Lists and watches go together: an informer lists first and watches behind that list, so what
 * the two see is the same or the watch is refused. A list shows what may be listed; a watch shows
 * just that, where all of it may be watched too, or what may be watched where nothing may be
 * listed.
 */
public final class Sighting {

  private final SightSource source;
  private final UserInfo user;
  private final SightedKind kind;
  private final boolean watch;
  private final Sight sight;
  private final long generation;
  private final boolean granted;

  private Sighting(
      SightSource source,
      UserInfo user,
      SightedKind kind,
      boolean watch,
      Sight sight,
      long generation,
      boolean granted) {
    this.source = source;
    this.user = user;
    this.kind = kind;
    this.watch = watch;
    this.sight = sight;
    this.generation = generation;
    this.granted = granted;
  }

  /** What a user sees whom nobody has allowed to see all; null when that is nothing. */
  static @Nullable Sighting of(SightSource source, UserInfo user, SightedKind kind, boolean watch) {
    long generation = source.generation(); // before the look, so that a change meanwhile is noticed
    Sight sight = look(source, user, kind, watch);
    return sight.nothing()
        ? null
        : new Sighting(source, user, kind, watch, sight, generation, false);
  }

  /** A user whom authorization has let see everything, and whose other clients may see less. */
  static Sighting granted(SightSource source, UserInfo user, SightedKind kind, boolean watch) {
    return new Sighting(source, user, kind, watch, Sight.EVERYTHING, source.generation(), true);
  }

  private static Sight look(SightSource source, UserInfo user, SightedKind kind, boolean watch) {
    Sight listed = look(source, user, kind, "list");
    if (!watch && listed.nothing()) {
      return listed;
    }
    Sight watched = look(source, user, kind, "watch");
    if (watch) {
      return listed.nothing() ? watched : watched.covers(listed) ? listed : Sight.NOTHING;
    }
    // Whoever may watch everything would watch more than was listed, and miss what it held.
    return watched.everything() && !listed.everything() ? Sight.NOTHING : listed;
  }

  private static Sight look(SightSource source, UserInfo user, SightedKind kind, String verb) {
    Sight sight = source.of(user, verb, kind.group(), kind.resource());
    return kind.scope() == SightedKind.Scope.CLUSTER ? sight.atClusterScope() : sight;
  }

  /** The same user's sight now; null when it sees nothing any more. */
  public @Nullable Sighting renewed() {
    return granted ? this : of(source, user, kind, watch);
  }

  /** Whether nothing has changed since that would change it. */
  public boolean current() {
    return granted || !source.changedSince(user, generation);
  }

  /** Whether authorization has let the user see everything. */
  public boolean granted() {
    return granted;
  }

  public Sight sight() {
    return sight;
  }

  /** Whether the object at that place is seen. */
  public boolean sees(Key key) {
    return sees(sight, key);
  }

  /** Whether it is seen with another sight of the same kind. */
  public boolean sees(Sight other, Key key) {
    return other.sees(kind.place(key.namespace(), key.name()), key.name());
  }

  /**
   * Whether the object of that name is seen.
   *
   * @param namespace "" at cluster scope
   */
  public boolean sees(String namespace, String name) {
    return sight.sees(kind.place(namespace, name), name);
  }

  UserInfo user() {
    return user;
  }

  SightedKind kind() {
    return kind;
  }
}
