package dev.sallyport.store.embedded;

import dev.sallyport.store.Draft;
import dev.sallyport.store.HistoryLimits;
import dev.sallyport.store.Indexer;
import dev.sallyport.store.StoreOpenException;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import dev.sallyport.store.cache.ObjectTree;
import dev.sallyport.store.cache.WatchCache;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills a watch cache from the log, and finds out whether the log is whole: each row by its
 * checksum, the writes behind the compacted revision by their unbroken numbers and by the state
 * each replaced, and the rows up to it by their count.
 *
 * <p>Reads on the calling thread, checks and indexes rows on all cores.
 */
final class Loader {

  /** Rows in hand at once: enough work to spread, and not the whole file in memory twice. */
  private static final int CHUNK = 4_096;

  /** With fewer, starting other threads costs more than it saves. */
  private static final int WORTH_SPREADING = 512;

  private final Database database;
  private final Indexer indexer;
  private final Damage damage;
  private final WatchCache cache;
  private final long compacted;
  private final long kept;

  /** The objects as of the compacted revision, until they are in the cache. */
  private final Map<String, List<StoredObject>> base = new HashMap<>();

  private long baseRows;
  private boolean baseRead;
  private long reached;

  private Loader(Database database, HistoryLimits limits, Indexer indexer) throws SQLException {
    this.database = database;
    this.indexer = indexer;
    this.damage = new Damage(database.file());
    this.compacted = meta("compacted");
    this.kept = meta("kept");
    this.reached = compacted;
    this.cache = new WatchCache(limits, compacted);
  }

  /** What was loaded, and where compaction stands. */
  record Loaded(WatchCache cache, Compaction compaction) {}

  /** A row and what it holds, or what is wrong with it. */
  private record Checked(Row row, @Nullable StoredObject object, String fault) {}

  static Loaded load(Database database, HistoryLimits limits, Indexer indexer)
      throws StoreOpenException {
    try {
      Loader loader = new Loader(database, limits, indexer);
      loader.read();
      return new Loaded(loader.cache, new Compaction(loader.compacted, loader.kept));
    } catch (SQLException e) {
      throw Database.openFailure(database.file(), e);
    }
  }

  private void read() throws SQLException, StoreOpenException {
    try (LogReader log = new LogReader(database)) {
      for (List<Row> rows = log.read(CHUNK); !rows.isEmpty(); rows = log.read(CHUNK)) {
        if (rows.size() < WORTH_SPREADING) {
          rows.forEach(row -> take(check(row)));
        } else {
          rows.parallelStream().map(this::check).toList().forEach(this::take);
        }
      }
    }
    endBase();
    damage.refuse();
  }

  private Checked check(Row row) {
    if (!row.isWhole()) {
      return new Checked(row, null, "does not match its checksum");
    }
    try {
      Draft draft = indexer.index(row.key(), row.json());
      return new Checked(row, StoredObject.of(row.key(), row.revision(), draft), "");
    } catch (IllegalArgumentException e) {
      return new Checked(row, null, "holds no such object: " + e.getMessage());
    }
  }

  private void take(Checked checked) {
    Row row = checked.row();
    StoredObject object = checked.object();
    if (object == null) {
      damage.add(row, checked.fault());
    } else if (row.revision() <= compacted) {
      base.computeIfAbsent(row.key().collection(), name -> new ArrayList<>()).add(object);
      baseRows++;
    } else {
      endBase();
      publish(row, object);
    }
  }

  private void endBase() {
    if (baseRead) {
      return;
    }
    baseRead = true;
    if (baseRows != kept) {
      addFollowing(
          "has " + baseRows + " objects up to revision " + compacted + ", but should have " + kept);
    }
    base.forEach(
        (collection, objects) -> {
          objects.sort(Comparator.comparing(StoredObject::key));
          cache.load(collection, ObjectTree.ofSorted(objects));
        });
    base.clear();
  }

  private void publish(Row row, StoredObject object) {
    StoredObject previous = cache.get(row.key());
    long replaced = previous == null ? 0 : previous.revision();
    if (row.revision() != reached + 1) {
      addFollowing("lacks the rows " + (reached + 1) + " to " + (row.revision() - 1));
    }
    if (row.previous() != replaced
        || (previous == null) != (row.eventType() == WatchEvent.Type.ADDED)) {
      addFollowing(
          "row " + row.revision() + " replaces revision " + row.previous() + ", not " + replaced);
    }
    reached = row.revision();
    cache.publish(new WatchEvent(row.eventType(), object, previous), row.millis());
  }

  /** Names what is missing, unless a damaged row is the reason that it is. */
  private void addFollowing(String fault) {
    if (damage.isNone()) {
      damage.add(fault);
    }
  }

  private long meta(String name) throws SQLException {
    try (PreparedStatement statement =
        database.connection().prepareStatement("SELECT value FROM meta WHERE name = ?")) {
      statement.setString(1, name);
      try (ResultSet result = statement.executeQuery()) {
        if (!result.next()) {
          throw new SQLException("the table meta has no " + name);
        }
        return result.getLong(1);
      }
    }
  }
}
