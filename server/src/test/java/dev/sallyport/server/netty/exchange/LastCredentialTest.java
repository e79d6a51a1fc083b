package dev.sallyport.server.netty.exchange;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LastCredentialTest {

  private final LastCredential last = new LastCredential();

  @Test
  void givesTheVeryStringBackForEqualBytes() {
    String text = remember("Bearer abc");
    byte[] elsewhere = bytes("xxBearer abcyy");
    assertSame(text, last.known(elsewhere, 2, 10));
  }

  @Test
  void knowsNoneThatDiffersInOneByteOrInLength() {
    remember("Bearer abc");
    for (String other : new String[] {"Bearer abd", "bearer abc", "Bearer ab", "Bearer abcd", ""}) {
      assertNull(last.known(bytes(other), 0, other.length()), other);
    }
  }

  @Test
  void knowsOnlyTheLastOne() {
    remember("Bearer one");
    String second = remember("Bearer two");
    assertNull(last.known(bytes("Bearer one"), 0, 10));
    assertSame(second, last.known(bytes("Bearer two"), 0, 10));
  }

  @Test
  void keepsNoneThatIsLargerThanTokensAre() {
    String large = remember("Bearer " + "x".repeat(16 << 10));
    assertNull(last.known(bytes(large), 0, large.length()));
  }

  private String remember(String value) {
    last.remember(bytes(value), 0, value.length(), value);
    return value;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
