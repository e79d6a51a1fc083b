package dev.sallyport.store.embedded;

import dev.sallyport.store.StoreOpenException;
import dev.sallyport.store.StoreOpenException.Kind;
import dev.sallyport.store.cache.WatchCache;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;
import org.sqlite.SQLiteException;

/**
 * The SQLite file: opened, brought to this version's format, and closed. One thread at a time uses
 * its connection, in transactions it commits itself.
 *
 * @see <a href="https://www.sqlite.org/pragma.html">SQLite's pragmas</a>
 */
final class Database implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Database.class);

  /** "SALY": tells a file of ours from any other SQLite file. */
  private static final int APPLICATION_ID = 0x53414C59;

  /** What this version reads and writes. */
  static final int FORMAT = 1;

  /** The statements that bring a file from the format of their place to the next one. */
  private static final String[][] MIGRATIONS = {
    {
      "CREATE TABLE log (revision INTEGER PRIMARY KEY, type INTEGER NOT NULL,"
          + " previous INTEGER NOT NULL, millis INTEGER NOT NULL, collection TEXT NOT NULL,"
          + " namespace TEXT NOT NULL, name TEXT NOT NULL, json BLOB NOT NULL,"
          + " crc32c INTEGER NOT NULL)",
      "CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
      "INSERT INTO meta VALUES ('compacted', " + WatchCache.FIRST_REVISION + "), ('kept', 0)",
      "PRAGMA application_id = " + APPLICATION_ID
    }
  };

  private final Path file;
  private final Connection connection;

  private Database(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** Makes an empty store of a file that exists and is empty. */
  static void create(Path file) throws StoreOpenException {
    Database database = open(file, 0);
    try {
      database.close();
    } catch (SQLException e) {
      throw openFailure(file, e);
    }
  }

  /** Opens a store that was created before. */
  static Database open(Path file) throws StoreOpenException {
    WriteAheadLog.check(file.resolveSibling(file.getFileName() + "-wal"));
    return open(file, 1);
  }

  private static Database open(Path file, int oldestFormat) throws StoreOpenException {
    try {
      Connection connection =
          JDBC.createConnection(JDBC.PREFIX + file.toAbsolutePath(), new Properties());
      Database database = new Database(file, connection);
      try {
        database.setUp();
        database.migrate(oldestFormat);
        database.emptyLog();
        connection.setAutoCommit(false);
        return database;
      } catch (SQLException | StoreOpenException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw openFailure(file, e);
    }
  }

  Connection connection() {
    return connection;
  }

  Path file() {
    return file;
  }

  /** Moves what the write-ahead log holds into the file itself, which then stands alone. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** Closes it after a failure that is worth more than the one of closing. */
  void closeQuietly() {
    try {
      connection.close();
    } catch (SQLException e) {
      log.debug("{}: close: {}", file, e.getMessage());
    }
  }

  /** What SQLite says of a file it cannot open or read. */
  static StoreOpenException openFailure(Path file, SQLException e) {
    if (e instanceof SQLiteException known) {
      switch (known.getResultCode()) {
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
        case SQLITE_CORRUPT_INDEX:
        case SQLITE_CORRUPT_SEQUENCE:
        case SQLITE_CORRUPT_VTAB:
          return new StoreOpenException(Kind.DAMAGED, file, "is damaged: " + known.getMessage(), e);
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
          return new StoreOpenException(Kind.LOCKED, file, "another process has it open", e);
        default:
          break;
      }
    }
    return new StoreOpenException(Kind.UNUSABLE, file, "cannot be opened: " + e.getMessage(), e);
  }

  private void setUp() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Alone with the file: no shared memory, and no lock to take for each transaction.
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("PRAGMA journal_mode = WAL");
      // With a write-ahead log, FULL means: the log is on the disk before a commit returns.
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA wal_autocheckpoint = 2000");
      statement.execute("PRAGMA journal_size_limit = 67108864");
      statement.execute("PRAGMA cell_size_check = ON");
      statement.execute("PRAGMA temp_store = MEMORY");
    }
  }

  /**
   * Moves what a crash left in the log into the file, so that the log never holds the left-overs of
   * two crashes: {@link WriteAheadLog} could not tell them from damage.
   */
  private void emptyLog() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      // On a full disk, say: what is in the log can be read all the same.
      log.warn("{}: the write-ahead log stays as it is: {}", file, e.getMessage());
    }
  }

  private void migrate(int oldestFormat) throws SQLException, StoreOpenException {
    int format = pragma("user_version");
    if (format < oldestFormat || (format > 0 && pragma("application_id") != APPLICATION_ID)) {
      throw new StoreOpenException(
          Kind.DAMAGED, file, "is damaged or no store of this program", null);
    }
    if (format > FORMAT) {
      throw new StoreOpenException(
          Kind.NEWER_FORMAT,
          file,
          "has format "
              + format
              + ", but this version knows formats up to "
              + FORMAT
              + " (expected: the version that wrote it, or a newer one)",
          null);
    }
    if (format < FORMAT) {
      migrateFrom(format);
    }
  }

  /** All steps in one transaction: a crash between them leaves the old format. */
  private void migrateFrom(int format) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (int step = format; step < FORMAT; step++) {
        for (String sql : MIGRATIONS[step]) {
          statement.execute(sql);
        }
      }
      statement.execute("PRAGMA user_version = " + FORMAT);
      connection.commit();
    }
  }

  private int pragma(String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA " + name)) {
      return result.next() ? result.getInt(1) : 0;
    }
  }
}
