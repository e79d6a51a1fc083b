package dev.sallyport.it;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;

/**
 * An informer: reads what is there, then every change, and notes the versions in the order in which
 * they came. It looks at as little of an event as it can, for there are millions of them.
 */
final class StormWatcher implements Callable<long[]> {

  private static final byte[] VERSION =
      "\"resourceVersion\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "initial-events-end".getBytes(StandardCharsets.US_ASCII);

  /** Where the word stands that says of what type an event is. */
  private static final int TYPE_AT = 9;

  private static final int BUFFER = 256 << 10;

  private final SSLSocket socket;
  private final String path;
  private final CountDownLatch synced;
  private final long[] changes;
  private byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;
  private int initial;
  private long arrived;

  /**
   * @param path of the collection
   * @param synced counted down when all that was there has been told
   * @param expected how many changes to wait for
   */
  StormWatcher(SSLSocket socket, String path, CountDownLatch synced, int expected) {
    this.socket = socket;
    this.path = path;
    this.synced = synced;
    this.changes = new long[expected];
  }

  /** How many objects were told before the first change. */
  int initial() {
    return initial;
  }

  /** The {@link System#nanoTime} of the last change. */
  long arrived() {
    return arrived;
  }

  @Override
  public long[] call() throws IOException {
    try (socket) {
      String request =
          "GET "
              + path
              + "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
              + "&allowWatchBookmarks=true&timeoutSeconds=3600 HTTP/1.0\r\nHost: x\r\n"
              + "Authorization: Bearer boss\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      skipHead(in);
      while (!contains(line(in), END)) {
        initial++;
      }
      synced.countDown();
      for (int i = 0; i < changes.length; i++) {
        changes[i] = version(change(in));
      }
      arrived = System.nanoTime();
      return changes;
    } catch (IOException | RuntimeException broken) {
      synced.countDown();
      throw broken;
    }
  }

  /** Reads the next line that is no bookmark. */
  private int change(InputStream in) throws IOException {
    int length = line(in);
    while (buffer[from - length + TYPE_AT] == 'B') {
      length = line(in);
    }
    return length;
  }

  private void skipHead(InputStream in) throws IOException {
    int length = line(in);
    String status = new String(buffer, from - length, length, StandardCharsets.US_ASCII);
    if (!status.contains(" 200")) {
      throw new IOException(status);
    }
    while (length > 2) {
      length = line(in);
    }
  }

  /**
   * Moves behind the next line, which stands right before {@code from} then; answers its length.
   */
  private int line(InputStream in) throws IOException {
    int looked = from;
    while (true) {
      for (int i = looked; i < to; i++) {
        if (buffer[i] == '\n') {
          int length = i + 1 - from;
          from = i + 1;
          return length;
        }
      }
      looked = more(in);
    }
  }

  /** Reads on; answers where what is new begins. */
  private int more(InputStream in) throws IOException {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * to);
    }
    int read = in.read(buffer, to, buffer.length - to);
    if (read < 0) {
      throw new EOFException("the watch ended");
    }
    int fresh = to;
    to += read;
    return fresh;
  }

  private boolean contains(int length, byte[] text) {
    return find(from - length, text) >= 0;
  }

  private long version(int length) throws IOException {
    int at = find(from - length, VERSION);
    if (at < 0) {
      throw new IOException("an event without a version");
    }
    long version = 0;
    for (int i = at + VERSION.length; buffer[i] != '"'; i++) {
      version = 10 * version + buffer[i] - '0';
    }
    return version;
  }

  /** Where the text stands between {@code start} and {@code from}; -1 when it does not. */
  private int find(int start, byte[] text) {
    for (int i = start; i <= from - text.length; i++) {
      if (buffer[i] == text[0] && Arrays.equals(buffer, i, i + text.length, text, 0, text.length)) {
        return i;
      }
    }
    return -1;
  }
}
