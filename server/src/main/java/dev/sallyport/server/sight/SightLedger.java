package dev.sallyport.server.sight;

import dev.sallyport.authz.Sight;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Remembers under which sight users were told which revisions of a kind, so that a watch goes on
 * from a revision only if whoever was told it saw then what it sees now. Where that is not known,
 * or was so for one client of the user and otherwise for another, the watch begins anew from a
 * list.
 *
 * <p>Any thread. It forgets the users who have not been heard of for longest, but nobody with an
 * open watch.
 */
public final class SightLedger {

  /** Of what says no revision. */
  public static final long UNKNOWN = -1;

  private static final int MOST = 20_000;
  private static final int LONGEST = 18;

  private final int most;
  private final Map<Reader, SightLines> readers = new LinkedHashMap<>(16, 0.75f, true);

  /** How many answers are on their way of which no account is kept. */
  private final Map<Reader, Integer> unaccounted = new ConcurrentHashMap<>();

  private volatile boolean used;

  /** Whose memory it is. */
  private record Reader(String user, String group, String resource) {
    static Reader of(Sighting sighting) {
      return of(sighting.user().name(), sighting.kind());
    }

    static Reader of(String user, SightedKind kind) {
      return new Reader(user, kind.group(), kind.resource());
    }
  }

  public SightLedger() {
    this(MOST);
  }

  /**
   * @param most how many pairs of users and kinds are remembered
   */
  SightLedger(int most) {
    this.most = most;
  }

  /** A resourceVersion as a number, or {@link #UNKNOWN}: only numbers can be kept account of. */
  public static long revision(String version) {
    if (version.isEmpty() || version.length() > LONGEST || version.charAt(0) == '0') {
      return UNKNOWN;
    }
    long revision = 0;
    for (int i = 0; i < version.length(); i++) {
      char digit = version.charAt(i);
      if (digit < '0' || digit > '9') {
        return UNKNOWN;
      }
      revision = 10 * revision + digit - '0';
    }
    return revision;
  }

  /** Whether anything is known of the user's reading of the kind. */
  boolean knows(String user, SightedKind kind) {
    if (!used) {
      return false;
    }
    synchronized (this) {
      return readers.containsKey(Reader.of(user, kind));
    }
  }

  /**
   * Somebody who may see everything is being told so, and no account is kept of it, for nobody of
   * that name sees less, as far as is known.
   *
   * @return run at least once when it is over
   */
  Runnable unaccounted(String user, SightedKind kind) {
    Reader reader = Reader.of(user, kind);
    unaccounted.merge(reader, 1, Integer::sum);
    AtomicBoolean over = new AtomicBoolean();
    return () -> {
      if (!over.getAndSet(true)) {
        accountedFor(reader);
      }
    };
  }

  private synchronized void accountedFor(Reader reader) {
    SightLines lines = readers.get(reader);
    if (lines != null) {
      lines.unaccounted(); // before it counts no more as on its way
    }
    unaccounted.computeIfPresent(reader, (same, count) -> count == 1 ? null : count - 1);
  }

  /** A moment of the user's account; a list that begins now is as new as all that was told. */
  public synchronized long moment(Sighting sighting) {
    SightLines lines = readers.get(Reader.of(sighting));
    return lines == null ? 1 : lines.timesUnaccounted();
  }

  /**
   * A list of that revision was read under the sighting.
   *
   * @param begun the {@link #moment} at which it began; 0 if it may be older
   * @param client a mark by which one client of the user is told from others
   */
  public synchronized void listed(Sighting sighting, long revision, UUID client, long begun) {
    SightLines lines = lines(sighting);
    lines.listed(sighting.sight(), revision, client);
    lines.settled(revision, begun);
  }

  /** A further page of a list of that revision was read under the sighting. */
  public synchronized void continued(Sighting sighting, long revision, UUID client) {
    lines(sighting).continued(sighting.sight(), revision, client);
  }

  /**
   * A watch begins.
   *
   * @param revision behind which it goes on
   * @param told whether it tells first all there is at the revision, as a list does
   * @param begun as of a list, if it tells all there is
   * @return null when the client may hold what was not seen under this sighting, or lack what was
   */
  public synchronized @Nullable Place watching(
      Sighting sighting, long revision, boolean told, UUID client, long begun) {
    Reader reader = Reader.of(sighting);
    SightLines lines = readers.get(reader);
    boolean whole = !unaccounted.containsKey(reader);
    if (told) {
      listed(sighting, revision, client, begun);
      lines = lines(sighting);
    } else if (lines == null || !lines.known(sighting.sight(), revision, client, whole)) {
      return null;
    }
    lines.opened(sighting.sight(), revision);
    return new Place(this, lines, sighting.sight(), revision);
  }

  /**
   * A watch has begun at a revision that only its first event tells: the client is told objects as
   * they are, in no order, and then what happens.
   */
  public synchronized Place begun(Sighting sighting, long revision) {
    lines(sighting).opened(sighting.sight(), revision);
    return new Place(this, lines(sighting), sighting.sight(), revision);
  }

  /** Somebody was told a list of that revision that is of no one sight. */
  public synchronized void doubted(Sighting sighting, long revision) {
    lines(sighting).doubt(revision);
  }

  private SightLines lines(Sighting sighting) {
    used = true;
    SightLines lines = readers.computeIfAbsent(Reader.of(sighting), unknown -> new SightLines());
    Iterator<SightLines> oldest = readers.values().iterator();
    while (readers.size() > most && oldest.hasNext()) {
      if (!oldest.next().watched()) {
        oldest.remove();
      }
    }
    return lines;
  }

  /** A running watch's entry. Used by one thread at a time. */
  public static final class Place {
    private final SightLedger ledger;
    private final SightLines lines;
    private Sight sight;
    private long lowest;
    private long highest;

    Place(SightLedger ledger, SightLines lines, Sight sight, long revision) {
      this.ledger = ledger;
      this.lines = lines;
      this.sight = sight;
      this.lowest = revision;
      this.highest = revision;
    }

    /** The client was told this revision. */
    public void told(long revision) {
      highest = Math.max(highest, revision);
    }

    /** The client was told this revision, which may be from before the watch began. */
    public void toldOfAny(long revision) {
      told(revision);
      if (revision < lowest) {
        lowest = revision;
        synchronized (ledger) {
          lines.reached(sight, revision);
        }
      }
    }

    /** The client is about to be told objects with revisions up to this one, in no order. */
    public void turning(long revision) {
      synchronized (ledger) {
        lines.doubt(revision);
      }
    }

    /** The client holds what the next sight shows at the revision, and knows nothing newer. */
    public void moved(Sight next, long revision) {
      synchronized (ledger) {
        lines.closed(sight, highest);
        lines.entered(next, revision);
        lines.opened(next, revision);
      }
      sight = next;
      highest = revision;
    }

    /** The watch is over. */
    public void close() {
      synchronized (ledger) {
        lines.closed(sight, highest);
      }
    }
  }
}
