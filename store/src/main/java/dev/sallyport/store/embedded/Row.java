package dev.sallyport.store.embedded;

import dev.sallyport.store.Key;
import dev.sallyport.store.WatchEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * A row of the log, as it is in the file: perhaps damaged.
 *
 * @param revision the write's revision, which is the number of the row
 * @param type 0 for an addition, 1 for a modification, 2 for a removal
 * @param previous the revision of the state before, 0 for an addition
 * @param millis when it was written, since the epoch
 * @param json the state without resourceVersion; of a deletion the last one
 * @param crc32c over all other columns
 */
record Row(long revision, int type, long previous, long millis, Key key, byte[] json, int crc32c) {

  private static final int ADDED = 0;
  private static final int MODIFIED = 1;
  private static final int DELETED = 2;

  /** With its checksum. */
  static Row of(
      long revision, WatchEvent.Type type, long previous, long millis, Key key, byte[] json) {
    int number =
        switch (type) {
          case ADDED -> ADDED;
          case MODIFIED -> MODIFIED;
          case DELETED -> DELETED;
        };
    return new Row(
        revision,
        number,
        previous,
        millis,
        key,
        json,
        checksum(revision, number, previous, millis, key, json));
  }

  boolean isWhole() {
    return type >= ADDED
        && type <= DELETED
        && crc32c == checksum(revision, type, previous, millis, key, json);
  }

  /** Only of a whole row. */
  WatchEvent.Type eventType() {
    return switch (type) {
      case ADDED -> WatchEvent.Type.ADDED;
      case MODIFIED -> WatchEvent.Type.MODIFIED;
      case DELETED -> WatchEvent.Type.DELETED;
      default -> throw new IllegalStateException("no such type: " + type);
    };
  }

  private static int checksum(
      long revision, int type, long previous, long millis, Key key, byte[] json) {
    CRC32C crc = new CRC32C();
    ByteBuffer numbers = ByteBuffer.allocate(3 * Long.BYTES + Integer.BYTES);
    crc.update(numbers.putLong(revision).putLong(previous).putLong(millis).putInt(type).flip());
    update(crc, key.collection());
    update(crc, key.namespace());
    update(crc, key.name());
    crc.update(json);
    return (int) crc.getValue();
  }

  private static void update(CRC32C crc, String text) {
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    crc.update(0); // so that no column runs over into the next
  }
}
