package dev.sallyport.audit.log;

import java.io.Closeable;
import java.io.IOException;

/** Takes whole lines. For one thread. */
interface LineOutput extends Closeable {

  /**
   * Appends lines: all of them, or none when it fails.
   *
   * @param length bytes that count
   */
  void write(byte[] lines, int length) throws IOException;
}
