package dev.sallyport.server.endpoint.watch;

import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.resources.registry.StoreErrors;
import dev.sallyport.resources.registry.WatchPlan;
import dev.sallyport.server.http.Connection;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Responses;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoreException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Opens watches, and knows those that run, so that they can be counted and ended together. */
public final class Watches {

  private final ResourceStore store;
  private final Set<WatchStream> open = ConcurrentHashMap.newKeySet();
  private final Set<WatchStream> filtered = ConcurrentHashMap.newKeySet();
  private final Map<ScheduledExecutorService, WatchRounds> rounds = new ConcurrentHashMap<>();
  private final Map<String, Integer> byUser = new ConcurrentHashMap<>();
  private final int mostPerUser;
  private volatile boolean ending;

  /** Without a limit. */
  public Watches(ResourceStore store) {
    this(store, 0);
  }

  /**
   * @param mostPerUser how many watches one user may have open, 0 for no limit; members of
   *     system:masters have none, so that a server can be helped whatever watches it
   */
  public Watches(ResourceStore store, int mostPerUser) {
    this.store = store;
    this.mostPerUser = mostPerUser;
  }

  /**
   * The answer that is a watch; it follows the store from when the answer's head is written.
   *
   * @param sight keeps it to what the user may see; null for all of it
   * @param over run when it is over
   * @throws StatusException 429 when the user has too many
   */
  public Response.Streamed open(
      UserInfo user,
      WatchPlan plan,
      @Nullable WatchSight sight,
      WatchFrames frames,
      long timeoutMillis,
      Connection connection,
      Runnable over) {
    Runnable entered = enter(user, sight);
    Runnable place =
        () -> {
          entered.run();
          over.run();
        };
    ScheduledExecutorService loop = connection.loop();
    WatchRounds paced =
        rounds.computeIfAbsent(loop, each -> new WatchRounds(each, System::nanoTime));
    WatchStream stream =
        new WatchStream(store, plan, timeoutMillis, frames, this, loop, paced, place, sight);
    return new Response.Streamed(200, Responses.headers(frames.contentType()), -1, stream);
  }

  /** Takes one of the user's places; what is answered gives it back. */
  private Runnable enter(UserInfo user, @Nullable WatchSight sight) {
    if (mostPerUser == 0 || user.groups().contains(WellKnown.GROUP_MASTERS)) {
      return () -> {};
    }
    String name = user.name();
    if (byUser.merge(name, 1, Integer::sum) > mostPerUser) {
      leave(name);
      if (sight != null) {
        sight.close();
      }
      throw new StatusException(
          Status.tooManyRequests(
              "the user has " + mostPerUser + " watches open, which is as many as one may have",
              1));
    }
    return () -> leave(name);
  }

  private void leave(String name) {
    byUser.computeIfPresent(name, (user, count) -> count == 1 ? null : count - 1);
  }

  public int count() {
    return open.size();
  }

  /** Ends all watches cleanly, and every one that is opened from now on at once. */
  public void endAll() {
    ending = true;
    open.forEach(WatchStream::endSoon);
  }

  /**
   * Ends the watches of a collection whose objects are not shown any more as they were; who watches
   * begins anew.
   */
  public void end(String collection) {
    for (WatchStream watch : open) {
      if (watch.follows(collection)) {
        watch.endSoon();
      }
    }
  }

  /** Bindings have changed, by which some watches see what they see. */
  public void sightChanged() {
    filtered.forEach(WatchStream::sightChanged);
  }

  void opened(WatchStream watch) {
    open.add(watch);
    if (watch.filtered()) {
      filtered.add(watch);
    }
    if (ending) {
      watch.endSoon();
    }
  }

  void closed(WatchStream watch) {
    open.remove(watch);
    filtered.remove(watch);
  }

  /** What a watch's last frame says when the store cannot go on with it. */
  static Status status(StoreException failure, WatchPlan plan) {
    return switch (failure.kind()) {
      case COMPACTED -> StoreErrors.watchExpired(plan.revision(), failure.currentRevision());
      case FUTURE -> StoreErrors.tooLarge(plan.revision(), failure.currentRevision());
      default ->
          new Status(
              503, Reason.SERVICE_UNAVAILABLE, "the store cannot go on with this watch", null);
    };
  }
}
