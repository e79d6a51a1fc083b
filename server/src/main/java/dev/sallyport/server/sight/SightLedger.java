package dev.sallyport.server.sight;

import dev.sallyport.authz.Sight;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
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

  private static final int MOST = 20_000;

  private final int most;
  private final Map<Reader, SightLines> readers = new LinkedHashMap<>(16, 0.75f, true);
  private volatile boolean used;

  /** Whose memory it is. */
  private record Reader(String user, String group, String resource) {
    static Reader of(Sighting sighting) {
      return new Reader(
          sighting.user().name(), sighting.kind().group(), sighting.kind().resource());
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

  /** Whether anything is known of the user's reading of the kind. */
  boolean knows(String user, SightedKind kind) {
    if (!used) {
      return false;
    }
    synchronized (this) {
      return readers.containsKey(new Reader(user, kind.group(), kind.resource()));
    }
  }

  /** A list of that revision was read under the sighting. */
  public synchronized void listed(Sighting sighting, long revision) {
    lines(sighting).listed(sighting.sight(), revision);
  }

  /** A further page of a list of that revision was read under the sighting. */
  public synchronized void continued(Sighting sighting, long revision) {
    lines(sighting).continued(sighting.sight(), revision);
  }

  /**
   * A watch begins.
   *
   * @param revision behind which it goes on
   * @param told whether it tells first all there is at the revision, as a list does
   * @return null when the client may hold what was not seen under this sighting, or lack what was
   */
  public synchronized @Nullable Place watching(Sighting sighting, long revision, boolean told) {
    SightLines lines = readers.get(Reader.of(sighting));
    if (told) {
      listed(sighting, revision);
      lines = lines(sighting);
    } else if (lines == null || !lines.known(sighting.sight(), revision)) {
      return null;
    }
    lines.opened(sighting.sight(), revision);
    return new Place(this, lines, sighting.sight(), revision);
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
    private long highest;

    Place(SightLedger ledger, SightLines lines, Sight sight, long revision) {
      this.ledger = ledger;
      this.lines = lines;
      this.sight = sight;
      this.highest = revision;
    }

    /** The client was told this revision. */
    public void told(long revision) {
      highest = Math.max(highest, revision);
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
