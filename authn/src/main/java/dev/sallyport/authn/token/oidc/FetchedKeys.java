package dev.sallyport.authn.token.oidc;

import dev.sallyport.api.Answer;
import dev.sallyport.authn.token.jwt.KeySet;
import dev.sallyport.authn.token.oidc.KeyFetch.FetchException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that an issuer publishes: fetched ahead of the first token, again every few minutes, and
 * when a token names a key that is not there. At most one fetch is under way, and asked-for ones
 * keep a distance, so that made-up tokens cannot be turned against the issuer. What was fetched
 * last stays in force while the issuer is away.
 */
final class FetchedKeys implements IssuerKeys {
  private static final Logger LOG = LoggerFactory.getLogger(FetchedKeys.class);

  /** Between fetches that all went well: how long a key that was withdrawn may still serve. */
  static final Duration REFRESH = Duration.ofMinutes(5);

  /** Between fetches that tokens ask for. */
  static final Duration DISTANCE = Duration.ofSeconds(3);

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

  private final String issuer;
  private final KeyFetch fetch;
  private final Clock clock;
  private final Later later;
  private volatile @Nullable KeySet keys;
  private volatile boolean closed;

  // Guarded by this.
  private @Nullable CompletableFuture<Optional<KeySet>> underWay;
  private long startedAt;
  private long round;
  private int failures;
  private String lastFault = "";

  FetchedKeys(String issuer, KeyFetch fetch, Clock clock, Later later) {
    this.issuer = issuer;
    this.fetch = fetch;
    this.clock = clock;
    this.later = later;
  }

  /** Fetches for the first time, in the background. */
  void start() {
    var unused = begin();
  }

  @Override
  public Answer<Optional<KeySet>> current() {
    KeySet known = keys;
    if (known != null) {
      return Answer.now(Optional.of(known));
    }
    synchronized (this) {
      // Only the very first fetch is worth waiting for: later ones repeat what has failed.
      CompletableFuture<Optional<KeySet>> first = failures == 0 ? underWay : null;
      return first == null ? Answer.now(Optional.ofNullable(keys)) : Answer.later(first);
    }
  }

  @Override
  public Answer<Optional<KeySet>> refreshed() {
    synchronized (this) {
      CompletableFuture<Optional<KeySet>> running = underWay;
      if (running != null) {
        return Answer.later(running);
      }
      if (closed || clock.millis() - startedAt < DISTANCE.toMillis()) {
        return Answer.now(Optional.ofNullable(keys));
      }
    }
    return Answer.later(begin());
  }

  @Override
  public boolean are(KeySet others) {
    return keys == others;
  }

  @Override
  public void close() {
    closed = true;
    fetch.close();
  }

  private CompletableFuture<Optional<KeySet>> begin() {
    CompletableFuture<Optional<KeySet>> mine;
    synchronized (this) {
      if (underWay != null) {
        return underWay;
      }
      mine = new CompletableFuture<>();
      underWay = mine;
      startedAt = clock.millis();
      round++;
    }
    fetch.keys().whenDone((fetched, failure) -> end(mine, fetched, failure));
    return mine;
  }

  private void end(
      CompletableFuture<Optional<KeySet>> mine,
      @Nullable KeySet fetched,
      @Nullable Throwable failure) {
    Duration next;
    long finished;
    synchronized (this) {
      underWay = null;
      finished = round;
      if (fetched != null) {
        succeeded(fetched);
        next = REFRESH;
      } else {
        failed(failure);
        next = retry();
      }
    }
    mine.complete(Optional.ofNullable(keys));
    if (!closed) {
      later.after(next, () -> again(finished));
    }
  }

  /** Unless a token has asked for a fetch meanwhile, which has its own successor. */
  private void again(long finished) {
    synchronized (this) {
      if (closed || round != finished) {
        return;
      }
    }
    var unused = begin();
  }

  private void succeeded(KeySet fetched) {
    if (!fetched.equals(keys)) {
      LOG.info("Issuer {}: {} keys", issuer, fetched.keys().size());
      keys = fetched; // equal ones stay the same object: what they verified stays verified
    } else if (failures > 0) {
      LOG.info("Issuer {}: can be reached again", issuer);
    }
    failures = 0;
    lastFault = "";
  }

  private void failed(@Nullable Throwable failure) {
    failures++;
    String fault = failure instanceof FetchException told ? told.fault() : String.valueOf(failure);
    if (!closed && !fault.equals(lastFault)) {
      lastFault = fault;
      LOG.warn(
          "Issuer {}: no keys fetched, {}: {}",
          issuer,
          keys == null ? "its tokens are refused" : "the last ones stay in force",
          fault);
    }
  }

  private Duration retry() {
    Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, 10));
    return wait.compareTo(LONGEST_RETRY) < 0 ? wait : LONGEST_RETRY;
  }
}
