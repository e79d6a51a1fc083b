package dev.sallyport.server.sight;

import dev.sallyport.authz.Sight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The revisions that one user's clients were told of one kind, by sight: for each sight a line from
 * the first to the last of them, without an end while a watch is open. Guarded by its ledger.
 */
final class SightLines {

  private static final int MOST = 16;
  private static final int MOST_LISTS = 64;

  private final List<Line> lines = new ArrayList<>(1);

  /** Of revisions up to here it is not known who was told what under them. */
  private long forgotten = -1;

  /** How often the user's clients were told what no account was kept of; at first, they may be. */
  private long unaccounted = 1;

  /** Of how many of these it is known by now that none came to hold a revision as new as ours. */
  private long settled;

  private static final class Line {
    private final Sight sight;
    private long from;
    private long to;
    private int open;

    /** The newest list of each client, whose watch it is for. */
    private final Map<UUID, Long> lists = new LinkedHashMap<>(2, 0.75f, true);

    Line(Sight sight, long revision) {
      this.sight = sight;
      this.from = revision;
      this.to = revision;
    }

    long end() {
      return open > 0 ? Long.MAX_VALUE : to;
    }

    void listed(UUID client, long revision) {
      lists.put(client, revision);
      if (lists.size() > MOST_LISTS) {
        lists.remove(lists.keySet().iterator().next());
      }
    }

    boolean touches(long first, long last) {
      return from <= last && first <= end();
    }
  }

  boolean watched() {
    return lines.stream().anyMatch(line -> line.open > 0);
  }

  /**
   * Whether all who were told the revision saw what this sight sees; or at least the client itself
   * did, by a list.
   *
   * @param whole whether no client is being told what no account is kept of
   */
  boolean known(Sight sight, long revision, UUID client, boolean whole) {
    Line line = find(sight);
    if (line == null) {
      return false;
    }
    // A client's newest list was for this very watch, whatever others were told at its revision.
    Long listed = line.lists.get(client);
    return (listed != null && listed == revision)
        || (whole
            && settled == unaccounted
            && line.touches(revision, revision)
            && alone(line, revision, revision));
  }

  /** Somebody was told something of which no account was kept. */
  void unaccounted() {
    unaccounted++;
  }

  /** How often that happened. */
  long timesUnaccounted() {
    return unaccounted;
  }

  /**
   * A list was read that is as new as anything that was told before it began.
   *
   * @param times how often that was what no account was kept of
   */
  void settled(long revision, long times) {
    if (times > settled) {
      settled = times;
      forgotten = Math.max(forgotten, revision);
    }
  }

  /** A client was told a whole list. */
  void listed(Sight sight, long revision, UUID client) {
    lines.forEach(line -> line.lists.remove(client));
    entered(sight, revision).listed(client, revision);
  }

  /** A client was told a later page of a list that began at the revision. */
  void continued(Sight sight, long revision, UUID client) {
    Line line = entered(sight, revision);
    for (Line other : lines) {
      if (other != line) {
        other.lists.remove(client); // pages of two sights are no list of either
      }
    }
  }

  /** Somebody has come to hold what the sight shows at the revision. */
  Line entered(Sight sight, long revision) {
    Line line = find(sight);
    if (line == null) {
      line = new Line(sight, revision);
      lines.add(line);
      forget();
    } else if (revision > line.end()) {
      if (!alone(line, line.to, revision)) {
        forgotten = Math.max(forgotten, line.to); // what was told under its part so far
        line.from = revision;
      }
      line.to = revision;
    } else if (revision >= line.from) {
      line.to = Math.max(line.to, revision); // which outlives the watch that holds it open
    } else if (alone(line, revision, line.from)) {
      line.from = revision;
    } else {
      forgotten = Math.max(forgotten, revision);
    }
    return line;
  }

  /**
   * Somebody is about to be told objects up to that revision as a change of sight uncovers and
   * covers them: whoever comes back with such a revision may have heard half of them.
   */
  void doubt(long revision) {
    forgotten = Math.max(forgotten, revision);
    lines.forEach(line -> line.lists.clear());
  }

  /** Somebody under an open line was told an older revision than any before. */
  void reached(Sight sight, long revision) {
    Line line = entered(sight, revision);
    if (!line.touches(revision, revision)) {
      doubt(revision); // others were told it under another sight
    }
  }

  void opened(Sight sight, long revision) {
    entered(sight, revision).open++;
  }

  /**
   * @param highest the last revision that was told under it
   */
  void closed(Sight sight, long highest) {
    Line line = find(sight);
    if (line != null) {
      line.open--;
      line.to = Math.max(line.to, highest);
    }
  }

  private @Nullable Line find(Sight sight) {
    for (Line line : lines) {
      if (line.sight.equals(sight)) {
        return line;
      }
    }
    return null;
  }

  /** Whether nobody was told any of these revisions under another sight. */
  private boolean alone(Line own, long first, long last) {
    if (first <= forgotten) {
      return false;
    }
    for (Line line : lines) {
      if (line != own && line.touches(first, last)) {
        return false;
      }
    }
    return true;
  }

  private void forget() {
    for (int i = 0; i < lines.size() - 1 && lines.size() > MOST; ) {
      Line line = lines.get(i);
      if (line.open > 0) {
        i++;
      } else {
        forgotten = Math.max(forgotten, line.to);
        lines.remove(i);
      }
    }
  }
}
