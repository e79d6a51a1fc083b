package dev.sallyport.store.embedded;

import dev.sallyport.store.Key;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the log from its start, some rows at a time. */
final class LogReader implements AutoCloseable {

  private static final byte[] NO_BYTES = {};

  private final Statement statement;
  private final ResultSet rows;

  /** Collections and namespaces repeat: each is kept once. */
  private final Map<String, String> words = new HashMap<>();

  LogReader(Database database) throws SQLException {
    statement = database.connection().createStatement();
    rows =
        statement.executeQuery(
            "SELECT revision, type, previous, millis, collection, namespace, name, json, crc32c"
                + " FROM log ORDER BY revision");
  }

  /** The next rows, at most that many; none at the end. */
  List<Row> read(int most) throws SQLException {
    List<Row> chunk = new ArrayList<>(most);
    while (chunk.size() < most && rows.next()) {
      chunk.add(row());
    }
    return chunk;
  }

  private Row row() throws SQLException {
    byte[] json = rows.getBytes(8);
    return new Row(
        rows.getLong(1),
        rows.getInt(2),
        rows.getLong(3),
        rows.getLong(4),
        new Key(word(rows.getString(5)), word(rows.getString(6)), text(rows.getString(7))),
        json == null ? NO_BYTES : json,
        rows.getInt(9));
  }

  private String word(@Nullable String column) {
    return words.computeIfAbsent(text(column), word -> word);
  }

  private static String text(@Nullable String column) {
    return column == null ? "" : column;
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
