package dev.sallyport.config.der;

import java.util.Arrays;

/**
 * Reads DER values one after the other. Lengths are checked against what is there, so no input
 * makes it read or allocate more than it was given. Not thread safe.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-X.690">X.690</a>
 */
public final class DerReader {
  private final byte[] data;
  private final int end;
  private int position;

  private DerReader(byte[] data, int from, int end) {
    this.data = data;
    this.position = from;
    this.end = end;
  }

  /** A reader over all of {@code data}, which is not copied. */
  public static DerReader of(byte[] data) {
    return new DerReader(data, 0, data.length);
  }

  public boolean hasMore() {
    return position < end;
  }

  /** The next value's tag, or -1 at the end. */
  public int peekTag() {
    return hasMore() ? data[position] & 0xff : -1;
  }

  /**
   * Steps over the next value, which must carry {@code tag}, and returns a reader of its content.
   */
  public DerReader enter(int tag) throws DerException {
    if (peekTag() != tag) {
      throw new DerException("expected tag " + tag + " but found " + peekTag());
    }
    position++;
    int length = readLength();
    DerReader content = new DerReader(data, position, position + length);
    position += length;
    return content;
  }

  /** The content of the next value, which must carry {@code tag}. */
  public byte[] read(int tag) throws DerException {
    return enter(tag).rest();
  }

  /** The next value with its tag and length. */
  public byte[] readWhole() throws DerException {
    int from = position;
    skip();
    return Arrays.copyOfRange(data, from, position);
  }

  public void skip() throws DerException {
    var unused = enter(peekTag());
  }

  /** Steps over the next value if it carries {@code tag}. */
  public void skipIf(int tag) throws DerException {
    if (peekTag() == tag) {
      skip();
    }
  }

  /** What has not been read yet. */
  public byte[] rest() {
    return Arrays.copyOfRange(data, position, end);
  }

  private int readLength() throws DerException {
    int first = next();
    if (first < 0x80) {
      return within(first);
    }
    int octets = first & 0x7f;
    if (octets == 0 || octets > 3) {
      throw new DerException("length of " + octets + " octets");
    }
    int length = 0;
    for (int i = 0; i < octets; i++) {
      length = length << 8 | next();
    }
    return within(length);
  }

  private int within(int length) throws DerException {
    if (length > end - position) {
      throw new DerException("value ends before its length");
    }
    return length;
  }

  private int next() throws DerException {
    if (!hasMore()) {
      throw new DerException("value ends early");
    }
    return data[position++] & 0xff;
  }
}
