package dev.sallyport.config.der;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerTest {

  @ParameterizedTest
  @CsvSource({
    "1.2.840.113549.1.1.11, 06092a864886f70d01010b",
    "2.5.29.17, 0603551d11",
    "1.3.101.112, 06032b6570",
    "2.999, 06028837"
  })
  void writesObjectIdentifiers(String dotted, String hex) {
    assertEquals(hex, HexFormat.of().formatHex(Der.oid(dotted)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65_535, 65_536})
  void readsBackEveryLength(int length) throws DerException {
    byte[] content = new byte[length];
    DerReader reader = DerReader.of(Der.sequence(Der.octets(content), Der.integer(5)));
    DerReader inner = reader.enter(Tag.SEQUENCE);
    assertArrayEquals(content, inner.read(Tag.OCTET_STRING));
    assertEquals(BigInteger.valueOf(5), new BigInteger(inner.read(Tag.INTEGER)));
    assertFalse(inner.hasMore());
    assertFalse(reader.hasMore());
  }

  @Test
  void writesTimesByTheirYear() throws DerException {
    byte[] early = Der.time(Instant.parse("2049-12-31T23:59:59Z"));
    assertEquals("491231235959Z", text(DerReader.of(early).read(Tag.UTC_TIME)));
    byte[] late = Der.time(Instant.parse("2050-01-01T00:00:00Z"));
    assertEquals("20500101000000Z", text(DerReader.of(late).read(Tag.GENERALIZED_TIME)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "30", "3002", "30020500ff02", "3080", "308400000001", "30ffffff", "0400"})
  void refusesWhatDoesNotFit(String hex) {
    DerReader reader = DerReader.of(HexFormat.of().parseHex(hex));
    assertThrows(
        DerException.class,
        () -> {
          DerReader inner = reader.enter(Tag.SEQUENCE);
          inner.read(Tag.NULL);
          inner.skip();
        });
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
