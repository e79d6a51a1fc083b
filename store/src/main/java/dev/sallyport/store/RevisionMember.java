package dev.sallyport.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** The bytes {@code ,"resourceVersion":"N"} inside an object's JSON. */
final class RevisionMember {

  private static final byte[] START = ",\"resourceVersion\":\"".getBytes(ISO_8859_1);

  private RevisionMember() {}

  static byte[] insert(byte[] json, int offset, long revision) {
    int length = length(revision);
    byte[] whole = new byte[json.length + length];
    System.arraycopy(json, 0, whole, 0, offset);
    System.arraycopy(START, 0, whole, offset, START.length);
    int end = offset + length;
    whole[end - 1] = '"';
    long rest = revision;
    for (int i = end - 2; i >= offset + START.length; i--) {
      whole[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    System.arraycopy(json, offset, whole, end, json.length - offset);
    return whole;
  }

  static byte[] remove(byte[] whole, int offset, long revision) {
    int length = length(revision);
    byte[] json = new byte[whole.length - length];
    System.arraycopy(whole, 0, json, 0, offset);
    System.arraycopy(whole, offset + length, json, offset, json.length - offset);
    return json;
  }

  /** Whether {@code whole} is {@code json} with the member inserted. */
  static boolean isInserted(byte[] whole, int offset, long revision, byte[] json) {
    int length = length(revision);
    return whole.length == json.length + length
        && Arrays.equals(whole, 0, offset, json, 0, offset)
        && Arrays.equals(whole, offset + length, whole.length, json, offset, json.length);
  }

  private static int length(long revision) {
    int digits = 1;
    for (long rest = revision; rest >= 10; rest /= 10) {
      digits++;
    }
    return START.length + digits + 1;
  }
}
