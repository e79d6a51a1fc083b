package dev.sallyport.store.embedded;

import dev.sallyport.store.Key;
import dev.sallyport.store.StoreException;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import dev.sallyport.store.publish.Journal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the log: each batch is one transaction, on the disk before {@code commit} returns. What
 * history has dropped is removed with a later batch, or when there is nothing else to do.
 */
final class SqliteJournal implements Journal {

  private static final Logger log = LoggerFactory.getLogger(SqliteJournal.class);

  /** From here on a batch of writes takes the removal along. */
  private static final int REMOVE_WITH_WRITES = 512;

  private final DataDirectory directory;
  private final Database database;
  private final Connection connection;
  private final Compaction compaction;
  private final PreparedStatement insert;
  private final PreparedStatement remove;
  private final PreparedStatement setMeta;
  private long storedCompacted;

  SqliteJournal(DataDirectory directory, Database database, Compaction compaction)
      throws SQLException {
    this.directory = directory;
    this.database = database;
    this.connection = database.connection();
    this.compaction = compaction;
    this.storedCompacted = compaction.compacted();
    this.insert = connection.prepareStatement("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    this.remove = connection.prepareStatement("DELETE FROM log WHERE revision = ?");
    this.setMeta = connection.prepareStatement("UPDATE meta SET value = ? WHERE name = ?");
  }

  @Override
  public void commit(List<Entry> entries, long millis) {
    try {
      for (Entry entry : entries) {
        insert(entry, millis);
      }
      insert.executeBatch();
      boolean compacts = compaction.size() >= REMOVE_WITH_WRITES;
      if (compacts) {
        compact();
      }
      connection.commit();
      if (compacts) {
        compacted();
      }
    } catch (SQLException e) {
      rollBack();
      throw failure(e);
    }
  }

  @Override
  public void dropped(WatchEvent event) {
    compaction.add(event);
  }

  @Override
  public void idle() {
    if (compaction.compacted() == storedCompacted) {
      return;
    }
    try {
      compact();
      connection.commit();
      compacted();
    } catch (SQLException e) {
      rollBack();
      log.warn("{}: old history could not be removed: {}", database.file(), e.getMessage());
    }
  }

  @Override
  public void close() {
    idle();
    try (directory) {
      database.close();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private void insert(Entry entry, long millis) throws SQLException {
    StoredObject previous = entry.event().previous();
    Row row =
        Row.of(
            entry.event().revision(),
            entry.event().type(),
            previous == null ? 0 : previous.revision(),
            millis,
            entry.event().object().key(),
            entry.json());
    Key key = row.key();
    insert.setLong(1, row.revision());
    insert.setInt(2, row.type());
    insert.setLong(3, row.previous());
    insert.setLong(4, row.millis());
    insert.setString(5, key.collection());
    insert.setString(6, key.namespace());
    insert.setString(7, key.name());
    insert.setBytes(8, row.json());
    insert.setInt(9, row.crc32c());
    insert.addBatch();
  }

  private void compact() throws SQLException {
    for (int i = 0; i < compaction.size(); i++) {
      remove.setLong(1, compaction.row(i));
      remove.addBatch();
    }
    if (compaction.size() > 0) {
      remove.executeBatch();
    }
    set("compacted", compaction.compacted());
    set("kept", compaction.kept());
  }

  private void set(String name, long value) throws SQLException {
    setMeta.setLong(1, value);
    setMeta.setString(2, name);
    setMeta.executeUpdate();
  }

  private void compacted() {
    storedCompacted = compaction.compacted();
    compaction.done();
  }

  private void rollBack() {
    try {
      insert.clearBatch();
      remove.clearBatch();
      connection.rollback();
    } catch (SQLException e) {
      beginAgain();
    }
  }

  /**
   * Of a full disk SQLite has rolled back by itself: there is nothing left to roll back then, and
   * the driver does not begin the transaction that the next writes are to be part of.
   */
  private void beginAgain() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
    } catch (SQLException e) {
      log.warn("{}: no transaction could be begun: {}", database.file(), e.getMessage());
    }
  }

  private StoreException failure(SQLException e) {
    return new StoreException(
        StoreException.Kind.UNAVAILABLE, database.file() + " cannot be written: " + e.getMessage());
  }
}
