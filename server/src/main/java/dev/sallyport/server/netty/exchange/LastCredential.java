package dev.sallyport.server.netty.exchange;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The Authorization header that came last on a connection. Clients send one and the same with every
 * request: its text is checked and made once, and who remembers something about that very string
 * need not look into it again. On the connection's event loop only.
 */
public final class LastCredential {

  /** The header's name as it comes by HTTP/2. */
  public static final String HEADER = "authorization";

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final int LONGEST = 16 << 10;

  private byte[] bytes = new byte[0];
  private String text = "";

  /** The string of these bytes if they are the ones that came last, else null. */
  public @Nullable String known(byte[] from, int offset, int length) {
    byte[] last = bytes;
    if (length == 0 || length != last.length) {
      return null;
    }
    return same(last, from, offset) ? text : null;
  }

  /** To the end whatever differs: the time must not tell how much of a credential was right. */
  private static boolean same(byte[] last, byte[] from, int offset) {
    long difference = 0;
    int i = 0;
    for (; i <= last.length - Long.BYTES; i += Long.BYTES) {
      difference |= (long) EIGHT.get(last, i) ^ (long) EIGHT.get(from, offset + i);
    }
    for (; i < last.length; i++) {
      difference |= last[i] ^ from[offset + i];
    }
    return difference == 0;
  }

  /** Remembers a value that has been checked. */
  public void remember(byte[] from, int offset, int length, String checked) {
    if (length <= LONGEST) {
      bytes = Arrays.copyOfRange(from, offset, offset + length);
      text = checked;
    }
  }
}
